---------------------------- MODULE EnabledAtStart ----------------------------
\* A property that is a predicate on the initial states and speaks of what is enabled there.
EXTENDS Naturals
VARIABLE x
A == x < 3 /\ x' = x + 1
Init == x = 0
Spec == Init /\ [][A]_x /\ WF_x(A)
Prop == (x = 0 => ENABLED A) /\ (~ENABLED A \/ <>(x = 3))
=============================================================================
