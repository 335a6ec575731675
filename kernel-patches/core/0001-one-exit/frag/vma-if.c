			if (!vma || check_vma_flags(vma, gup_flags)) {
