#!/usr/bin/perl
# run-commands PORT: runs the programs that the computer outside asks for over a port of this virtual machine, one after the other.
# A question: its length, then program and arguments, each ended by NUL. The answer: the program's wait status, the lengths of its two
# outputs, then those. Every number is of four bytes, the highest first.
use strict;
use warnings;

$ENV{LC_ALL} = 'C';
$ENV{TZ} = 'UTC';
open my $port, '+<:raw', $ARGV[0] or die "$ARGV[0]: $!";

sub receive {
    my ($length) = @_;
    my $bytes = '';
    while (length $bytes < $length) {
        # Nothing comes while nobody is connected outside.
        sysread($port, $bytes, $length - length $bytes, length $bytes) or select undef, undef, undef, 0.05;
    }
    return $bytes;
}

sub run {
    my (@command) = @_;
    my @outputs = map { open my $file, '+>', undef or die "a file for outputs: $!"; $file } 1, 2;
    my $child = fork // die "fork: $!";
    if ($child == 0) {
        close $port;
        open STDIN, '<', '/dev/null';
        open STDOUT, '>&', $outputs[0];
        open STDERR, '>&', $outputs[1];
        exec { $command[0] } @command or do { print STDERR "$command[0]: $!\n"; exit 127 };
    }
    waitpid $child, 0;
    my $status = $?;
    return $status, map { seek $_, 0, 0; local $/; <$_> // '' } @outputs;
}

for (;;) {
    my @command = split /\0/, receive(unpack 'N', receive(4)), -1;
    pop @command;
    my ($status, @texts) = run(@command);
    my $answer = pack('N3', $status, map { length } @texts) . join '', @texts;
    my $sent = 0;
    $sent += syswrite($port, $answer, length($answer) - $sent, $sent) // 0 while $sent < length $answer;
}
