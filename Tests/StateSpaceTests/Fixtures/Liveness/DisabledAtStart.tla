---------------------------- MODULE DisabledAtStart ---------------------------
\* A property that is a predicate on the initial states and speaks of what is not enabled there.
EXTENDS Naturals
VARIABLE x
A == x < 3 /\ x' = x + 1
Init == x = 0
Spec == Init /\ [][A]_x /\ WF_x(A)
Prop == ~((ENABLED A) \/ (x = 1))
=============================================================================
