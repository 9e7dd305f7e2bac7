---- MODULE BoundedChannel ----
\* A channel that loses, repeats and delivers messages; the same state is reached on many ways.
EXTENDS Naturals, Sequences
CONSTANTS Data, Capacity
VARIABLES channel, given, taken
Init == channel = <<>> /\ given = 0 /\ taken = {}
Put == given < 3 /\ Len(channel) < Capacity /\ \E d \in Data : channel' = Append(channel, d) /\ given' = given + 1 /\ UNCHANGED taken
Take == channel # <<>> /\ taken' = taken \union {Head(channel)} /\ channel' = Tail(channel) /\ UNCHANGED given
Lose == \E i \in 1..Len(channel) : channel' = SubSeq(channel, 1, i - 1) \o SubSeq(channel, i + 1, Len(channel)) /\ UNCHANGED <<given, taken>>
Repeat == Len(channel) \in 1..(Capacity - 1) /\ channel' = channel \o <<channel[1]>> /\ UNCHANGED <<given, taken>>
Rest == given = 3 /\ channel = <<>> /\ UNCHANGED <<channel, given, taken>>
Next == Put \/ Take \/ Lose \/ Repeat \/ Rest
Fits == Len(channel) <= Capacity
====
