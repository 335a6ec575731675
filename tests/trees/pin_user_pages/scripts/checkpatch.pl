#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0
#
# Stand-in for the kernel's script: long lines, trailing white space,
# indentation by spaces.

use strict;
use warnings;

my ($is_file, $quiet) = (0, 0);
my $max = 100;
my ($errors, $warnings) = (0, 0);
my @names;

while (@ARGV) {
	my $a = shift @ARGV;
	if ($a =~ /^(-f|--file)$/) {
		$is_file = 1;
	} elsif ($a =~ /^(-q|--quiet)$/) {
		$quiet = 1;
	} elsif ($a =~ /^--max-line-length=(\d+)$/) {
		$max = $1;
	} elsif ($a eq '-' || $a !~ /^-/) {
		push(@names, $a);
	}
}
@names = ('-') if (!@names);

sub report {
	my ($level, $type, $where, $line, $text) = @_;

	$level eq 'ERROR' ? $errors++ : $warnings++;
	print("$level:$type: $where:$line: $text\n");
}

sub check_line {
	my ($where, $nr, $line) = @_;
	my $wide = $line;

	1 while ($wide =~ s/^([^\t]*)\t/$1 . ' ' x (8 - length($1) % 8)/e);
	report('ERROR', 'TRAILING_WHITESPACE', $where, $nr, 'trailing whitespace')
		if ($line =~ /[ \t]+$/);
	report('ERROR', 'CODE_INDENT', $where, $nr, 'code indent should use tabs where possible')
		if ($line =~ /^\t* {8}/);
	report('WARNING', 'LEADING_SPACE', $where, $nr, 'please, no spaces at the start of a line')
		if ($line =~ /^ {1,7}[^ *]/);
	report('WARNING', 'LONG_LINE', $where, $nr, "line over $max characters")
		if (length($wide) > $max);
}

for my $name (@names) {
	my ($file, $in_hunk, $lines) = ('', 0, 0);
	my $fh = \*STDIN;

	if ($name ne '-') {
		open($fh, '<', $name) or die "$0: $name: $!\n";
	}
	while (my $line = <$fh>) {
		chomp($line);
		$lines++;
		if ($is_file) {
			check_line($name, $., $line) if ($name =~ /\.[chS]$/);
		} elsif ($line =~ /^\+\+\+ b\/(\S+)/) {
			($file, $in_hunk) = ($1, 0);
		} elsif ($line =~ /^\@\@ /) {
			$in_hunk = 1;
		} elsif ($line =~ /^-- $/ || $line =~ /^diff /) {
			$in_hunk = 0;
		} elsif ($in_hunk && $line =~ /^\+(.*)$/) {
			check_line($name, $., $1) if ($file =~ /\.[chS]$/);
		}
	}
	close($fh) if ($name ne '-');
	print("total: $errors errors, $warnings warnings, $lines lines checked\n")
		if (!$quiet);
}

exit($errors || $warnings ? 1 : 0);
