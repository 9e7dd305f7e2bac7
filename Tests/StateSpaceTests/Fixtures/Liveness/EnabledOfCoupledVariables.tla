---- MODULE EnabledOfCoupledVariables ----
\* Two variables of the instance are both replaced by z. ENABLED of an action that gives them different values is
\* true by the definition of ENABLED, whose primed variables are bound. TLC 2.19 nevertheless reports a
\* violation.
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
Prop == []<>ENABLED P!Differ
====
