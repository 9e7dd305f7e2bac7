---- MODULE FairnessOfCoupledVariables ----
\* Weak fairness of an action whose two variables are both replaced by z; no step can give z two values.
EXTENDS Naturals
VARIABLE z

---- MODULE Pair ----
EXTENDS Naturals
VARIABLES x, y
Differ == x' = 1 /\ y' = 2
Equal == x' = 1 /\ y' = 1
====

Init == z = 0
Next == z' = 1 - z
Spec == Init /\ [][Next]_z /\ WF_z(Next)

P == INSTANCE Pair WITH x <- z, y <- z
Prop == WF_z(P!Differ)
====
