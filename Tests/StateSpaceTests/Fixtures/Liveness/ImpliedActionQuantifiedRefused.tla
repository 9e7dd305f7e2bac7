---- MODULE ImpliedActionQuantifiedRefused ----
\* Action properties below a quantifier: TLC does not take the quantifier apart, and refuses the formula.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 1) % 4
Spec == Init /\ [][Next]_x

Prop == \A n \in 1..3 : [][x = n => x' > n]_x
====
