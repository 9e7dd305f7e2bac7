---- MODULE Strings ----
\* Strings are values to compare, keys of functions, and sequences for Len, \o and SubSeq.
EXTENDS Naturals, Sequences
VARIABLES s, count
Init == s = "" /\ count = [w \in {"", "ab", "abab"} |-> 0]
Next ==
  \/ Len(s) < 4 /\ s' = s \o "ab" /\ count' = [count EXCEPT ![s'] = (@ + 1) % 2]
  \/ Len(s) > 2 /\ s' = SubSeq(s, 1, 2) /\ UNCHANGED count
  \/ s = "abab" /\ s' = "" /\ count' = [count EXCEPT ![""] = 1]
Words == s \in STRING /\ s \in DOMAIN count /\ "x\"y\\z" # s
====
