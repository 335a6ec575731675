#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0
#
# Stand-in for the kernel's script: print who looks after the named files
# (-f FILE ...) or after the files that a patch touches.

use strict;
use warnings;
use File::Basename;

my ($is_file, $roles, $want_l, $want_m, $want_subsys) = (0, 1, 1, 1, 0);
my @args;

while (@ARGV) {
	my $a = shift @ARGV;
	if ($a eq '--') {
		push(@args, @ARGV);
		last;
	} elsif ($a =~ /^(-f|--file)$/) {
		$is_file = 1;
	} elsif ($a =~ /^--no-?rolestats$/ || $a =~ /^--no-?roles$/) {
		$roles = 0;
	} elsif ($a =~ /^--rolestats$/ || $a =~ /^--roles$/) {
		$roles = 1;
	} elsif ($a =~ /^--no-?l$/) {
		$want_l = 0;
	} elsif ($a =~ /^--no-?m$/) {
		$want_m = 0;
	} elsif ($a =~ /^--(subsystem|sections)$/) {
		$want_subsys = 1;
	} elsif ($a eq '-' || $a !~ /^-/) {
		push(@args, $a);
	}
	# every other option of the real script is accepted and ignored
}

my $top = dirname(dirname($0));
open(my $fh, '<', "$top/MAINTAINERS") or die "$0: $top/MAINTAINERS: $!\n";
my (@sections, $cur, $prev);
$prev = '';
while (my $line = <$fh>) {
	chomp($line);
	if ($line =~ /^([A-Z]):\s*(.*?)\s*$/) {
		if (!$cur) {
			$cur = { name => $prev };
			push(@sections, $cur) if ($prev ne '');
		}
		push(@{$cur->{$1}}, $2);
	} else {
		$cur = undef;
		$prev = $line;
	}
}
close($fh);

sub matches {
	my ($file, $pat) = @_;
	my $re = quotemeta($pat);

	$re =~ s/\\\*/[^\/]*/g;
	$re =~ s/\\\?/[^\/]/g;
	return $file =~ /^$re/ if ($pat =~ /\/$/);
	return $file =~ /^$re$/ if ($pat =~ /[*?]/ || -f "$top/$pat");
	return $file =~ /^$re(\/|$)/;
}

sub owns {
	my ($s, $file, $text) = @_;

	return 0 if (grep { matches($file, $_) } @{$s->{X} || []});
	return 1 if (grep { matches($file, $_) } @{$s->{F} || []});
	return 1 if (grep { $file =~ /$_/ } @{$s->{N} || []});
	return 1 if (defined $text && grep { $text =~ /$_/x } @{$s->{K} || []});
	return 0;
}

sub slurp {
	my ($name) = @_;
	my $text;

	local $/ = undef;
	if ($name eq '-') {
		$text = <STDIN>;
	} else {
		open(my $in, '<', $name) or die "$0: file '$name' doesn't exist\n";
		$text = <$in>;
		close($in);
	}
	return $text;
}

my @files;
for my $name (@args ? @args : ('-')) {
	if ($is_file) {
		my $rel = $name;
		$rel =~ s/^\Q$top\E\///;
		$rel =~ s/^\.\///;
		my $path = -e $name ? $name : "$top/$rel";
		push(@files, [$rel, -f $path ? slurp($path) : '']);
	} else {
		my $text = slurp($name);
		while ($text =~ /^\+\+\+ b\/(\S+)/mg) {
			push(@files, [$1, $text]);
		}
	}
}
die "$0: no files found\n" if (!@files);

my (%seen, @people, @lists);
for my $s (@sections) {
	next if (!grep { owns($s, $_->[0], $_->[1]) } @files);
	my $status = lc(($s->{S} || ['unknown'])->[0]);
	my $role = $status =~ /support/ ? 'supporter' :
		   $status =~ /maint/ ? 'maintainer' :
		   $status =~ /odd/ ? 'odd fixer' : 'unknown';

	print("$s->{name}\n") if ($want_subsys);
	for my $who (@{$s->{M} || []}) {
		push(@people, [$who, "$role:$s->{name}"]) if ($want_m && !$seen{$who}++);
	}
	for my $who (@{$s->{R} || []}) {
		push(@people, [$who, "reviewer:$s->{name}"]) if ($want_m && !$seen{$who}++);
	}
	for my $list (@{$s->{L} || []}) {
		my ($addr, $note) = split(/\s+/, $list, 2);
		my $kind = ($note || '') =~ /moderated/ ? 'moderated list' : 'open list';
		my $what = $s->{name} eq 'THE REST' ? '' : ":$s->{name}";
		push(@lists, [$addr, "$kind$what"]) if ($want_l && !$seen{$addr}++);
	}
}

print($_->[0], $roles ? " ($_->[1])" : '', "\n") for (@people, @lists);
