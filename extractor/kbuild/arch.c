// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>
#include <string.h>

#include "kbuild/arch.h"

#define NO_X86_64 "-U__x86_64__ -U__x86_64 -U__amd64__ -U__amd64 "
#define NO_ARM "-U__arm__ -U__ARM_ARCH "

const char arch_common_config[] =
	"MMU SMP MODULES PRINTK BUG BLOCK NET INET PCI HAS_DMA HAS_IOMEM SYSFS PROC_FS DEBUG_FS "
	"BASE_FULL FUTEX EPOLL SHMEM SWAP HUGETLB_PAGE HUGETLBFS TRANSPARENT_HUGEPAGE MMU_NOTIFIER "
	"MIGRATION COMPACTION CPUSETS CGROUPS MEMCG SPARSEMEM SPARSEMEM_VMEMMAP "
	"HZ=250 HZ_250 NR_CPUS=64 NODES_SHIFT=6 LOG_BUF_SHIFT=17 BASE_SMALL=0 SPLIT_PTLOCK_CPUS=4 "
	"FORCE_MAX_ZONEORDER=11 ARCH_FORCE_MAX_ORDER=10 ILLEGAL_POINTER_VALUE=0 "
	"DEFAULT_MMAP_MIN_ADDR=4096 PAGE_SHIFT=12 HAVE_PAGE_SIZE_4KB PAGE_SIZE_4KB "
	"FUNCTION_ALIGNMENT=16 FRAME_WARN=2048 RCU_FANOUT=64 RCU_FANOUT_LEAF=16 "
	"ATOMIC64_SELFTEST=0 GENERIC_BUG HIGH_RES_TIMERS TREE_RCU";

const struct arch arch_table[] = {
	{ "x86", "x86_64-linux-gnu", "",
	  "64BIT X86 X86_64 NUMA PGTABLE_LEVELS=4 PHYSICAL_START=0x1000000 PHYSICAL_ALIGN=0x200000 "
	  "X86_L1_CACHE_SHIFT=6 X86_INTERNODE_CACHE_SHIFT=6 X86_MINIMUM_CPU_FAMILY=64 X86_PAT "
	  "X86_CMPXCHG64 X86_TSC ACPI EFI HAVE_FAST_GUP HAVE_GUP_FAST PHYS_ADDR_T_64BIT "
	  "ARCH_DMA_ADDR_T_64BIT ZONE_DMA ZONE_DMA32 PARAVIRT=0" },
	{ "arm", "arm-linux-gnueabi", "-D__LINUX_ARM_ARCH__=7 -march=armv7-a",
	  "ARM CPU_V7 CPU_32v7 CPU_CACHE_V7 CPU_TLB_V7 CPU_ABRT_EV7 CPU_PABRT_V7 CPU_CP15 CPU_CP15_MMU "
	  "CPU_COPY_V6 CPU_HAS_ASID PAGE_OFFSET=0xC0000000 PGTABLE_LEVELS=2 ARM_L1_CACHE_SHIFT=6 "
	  "AEABI HIGHMEM VECTORS_BASE=0xffff0000 PHYS_OFFSET=0 OF" },
	{ "arm64", "aarch64-linux-gnu", "",
	  "64BIT ARM64 ARM64_4K_PAGES ARM64_PAGE_SHIFT=12 ARM64_CONT_SHIFT=4 ARM64_CONT_PTE_SHIFT=4 "
	  "ARM64_CONT_PMD_SHIFT=4 ARM64_VA_BITS=48 ARM64_VA_BITS_48 ARM64_PA_BITS=48 ARM64_PA_BITS_48 "
	  "PGTABLE_LEVELS=4 NUMA OF PHYS_ADDR_T_64BIT ARCH_DMA_ADDR_T_64BIT HAVE_FAST_GUP" },
	{ "powerpc", "powerpc64-linux-gnu", "",
	  "64BIT PPC PPC64 PPC_BOOK3S PPC_BOOK3S_64 PPC_64S_HASH_MMU PPC_RADIX_MMU PPC_PAGE_SHIFT=12 "
	  "PPC_4K_PAGES PGTABLE_LEVELS=4 PAGE_OFFSET=0xc000000000000000 KERNEL_START=0xc000000000000000 "
	  "PHYSICAL_START=0 THREAD_SHIFT=14 NUMA OF ALTIVEC VSX HUGETLB_PAGE_SIZE_VARIABLE "
	  "TASK_SIZE=0 DATA_SHIFT=24 ARCH_DMA_ADDR_T_64BIT PHYS_ADDR_T_64BIT HAVE_FAST_GUP" },
	{ "s390", "s390x-linux-gnu", "-march=z13",
	  "64BIT S390 PGTABLE_LEVELS=5 HAVE_MARCH_Z13_FEATURES HAVE_MARCH_Z10_FEATURES "
	  "HAVE_MARCH_Z9_109_FEATURES HAVE_MARCH_Z196_FEATURES HAVE_MARCH_ZEC12_FEATURES PGSTE "
	  "CCW ARCH_DMA_ADDR_T_64BIT PHYS_ADDR_T_64BIT HAVE_FAST_GUP MAX_PHYSMEM_BITS=46" },
	{ "sparc", "sparc64-linux-gnu", "-D__sparc_v9__ -D__arch64__",
	  "64BIT SPARC SPARC64 PGTABLE_LEVELS=4 NUMA OF SBUS SUN_LDOMS SUN4V ARCH_DMA_ADDR_T_64BIT "
	  "PHYS_ADDR_T_64BIT HAVE_FAST_GUP" },
	{ "mips", "mips64-linux-gnuabi64", "-mno-abicalls",
	  "64BIT MIPS CPU_MIPS64 CPU_MIPS64_R2 CPU_HAS_SYNC PGTABLE_LEVELS=3 PAGE_SIZE_4KB "
	  "MIPS_L1_CACHE_SHIFT=5 CPU_BIG_ENDIAN SYS_SUPPORTS_64BIT_KERNEL HAVE_FAST_GUP" },
	{ "riscv", "riscv64-linux-gnu", "",
	  "64BIT RISCV ARCH_RV64I PGTABLE_LEVELS=3 PAGE_OFFSET=0xffffffe000000000 OF CMODEL_MEDANY" },
	{ "loongarch", "loongarch64-linux-gnu", "",
	  "64BIT LOONGARCH PGTABLE_LEVELS=3 L1_CACHE_SHIFT=6 PAGE_SIZE_16KB" },
	{ "hexagon", "hexagon-linux-gnu", "", "HEXAGON PGTABLE_LEVELS=2" },
	{ "ia64", "x86_64-linux-gnu", NO_X86_64 "-D__ia64__ -D__ia64",
	  "64BIT IA64 PGTABLE_LEVELS=3 IA64_PAGE_SIZE_16KB IA64_GENERIC IA64_L1_CACHE_SHIFT=7" },
	{ "alpha", "x86_64-linux-gnu", NO_X86_64 "-D__alpha__", "64BIT ALPHA PGTABLE_LEVELS=3" },
	{ "parisc", "arm-linux-gnueabi", NO_ARM "-D__hppa__ -D__LINUX_ARM_ARCH__=7",
	  "PARISC PA8X00 PGTABLE_LEVELS=2 PARISC_PAGE_SIZE_4KB" },
	{ "sh", "arm-linux-gnueabi", NO_ARM "-D__sh__ -D__SH4__",
	  "SUPERH SUPERH32 CPU_SH4 CPU_SH4A PGTABLE_LEVELS=2 PAGE_OFFSET=0x80000000 "
	  "MEMORY_START=0x08000000 MEMORY_SIZE=0x04000000" },
	{ "xtensa", "arm-linux-gnueabi", NO_ARM "-D__xtensa__ -D__XTENSA__", "XTENSA PGTABLE_LEVELS=2" },
	{ "m68k", "arm-linux-gnueabi", NO_ARM "-D__m68k__ -D__mc68000__", "M68K M68040 PGTABLE_LEVELS=3" },
	{ "arc", "arm-linux-gnueabi", NO_ARM "-D__arc__", "ARC ISA_ARCV2 ARC_PAGE_SIZE_4K PGTABLE_LEVELS=2 ARC_CACHE_LINE_SHIFT=6" },
	{ "csky", "arm-linux-gnueabi", NO_ARM "-D__csky__", "CSKY PGTABLE_LEVELS=2" },
	{ "microblaze", "arm-linux-gnueabi", NO_ARM "-D__microblaze__", "MICROBLAZE PGTABLE_LEVELS=2 KERNEL_START=0xc0000000" },
	{ "nios2", "arm-linux-gnueabi", NO_ARM "-D__nios2__", "NIOS2 PGTABLE_LEVELS=2" },
	{ "openrisc", "arm-linux-gnueabi", NO_ARM "-D__or1k__", "OPENRISC PGTABLE_LEVELS=2" },
	{ "nds32", "arm-linux-gnueabi", NO_ARM "-D__nds32__", "NDS32 PGTABLE_LEVELS=2" },
	{ "unicore32", "arm-linux-gnueabi", NO_ARM "-D__unicore32__", "UNICORE32 PGTABLE_LEVELS=2" },
	{ "c6x", "arm-linux-gnueabi", NO_ARM "-D_TMS320C6X", "C6X" },
	{ "h8300", "arm-linux-gnueabi", NO_ARM "-D__H8300__", "H8300" },
	{ "um", "x86_64-linux-gnu", "", "64BIT UML PGTABLE_LEVELS=3" },
	{ NULL }
};

const struct arch *arch_find(const char *name)
{
	for (const struct arch *arch = arch_table; arch->name; arch++)
		if (!strcmp(arch->name, name))
			return arch;
	return NULL;
}

const struct arch *arch_of_path(const char *path)
{
	g_auto(GStrv) parts = NULL;

	if (!g_str_has_prefix(path, "arch/"))
		return NULL;
	parts = g_strsplit(path, "/", 3);
	return parts[1] ? arch_find(parts[1]) : NULL;
}

static bool listed(const char *list, const char *symbol)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);
	size_t length = strlen(symbol);

	for (char **word = words; *word; word++)
		if (!strncmp(*word, symbol, length) && ((*word)[length] == '=' || !(*word)[length]))
			return true;
	return false;
}

bool arch_config_excluded(const struct arch *arch, const char *symbol)
{
	/* One of a choice, or of a width, that the architecture's own line settles. */
	static const char choice[] =
		"64BIT 32BIT X86_32 X86_64 PPC32 PPC64 SPARC32 SPARC64 CPU_BIG_ENDIAN "
		"CPU_LITTLE_ENDIAN PAGE_SIZE_4KB PAGE_SIZE_8KB PAGE_SIZE_16KB PAGE_SIZE_32KB "
		"PAGE_SIZE_64KB FLATMEM DISCONTIGMEM SLOB SLUB_TINY PREEMPT_RT KASAN KMSAN KCSAN "
		"DEBUG_LOCK_ALLOC LOCKDEP BASE_SMALL TINY_RCU";

	if (g_str_has_suffix(symbol, "_MODULE"))
		return true;
	return listed(choice, symbol) || listed(arch->config, symbol) ||
	       listed(arch_common_config, symbol);
}
