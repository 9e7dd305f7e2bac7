---- MODULE ImpliedActionInitialSelfLoop ----
\* The only step leads from the initial state to itself, so it is a stuttering step of the property.
EXTENDS Naturals
VARIABLE x

Init == x = 5
Next == x' = x
Spec == Init /\ [][Next]_x

Prop == [][FALSE]_x
====
