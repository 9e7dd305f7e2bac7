---- MODULE UnchangedTuples ----
\* UNCHANGED of nested tuples of variables, also through a definition; and of a tuple that has values already.
EXTENDS Naturals
VARIABLES a, b, c, d
inner == <<b, c>>
vars == <<a, inner, d>>
Init == a = 0 /\ b = 0 /\ c = 0 /\ d = 0
Next ==
  \/ a' = (a + 1) % 3 /\ UNCHANGED <<inner, d>>
  \/ b' = a /\ UNCHANGED <<a, <<c, d>>>>
  \/ c' = b /\ d' = d /\ UNCHANGED <<a, b, d>>
  \/ d' = (d + c) % 2 /\ UNCHANGED inner /\ UNCHANGED a
  \/ UNCHANGED vars
====
