---- MODULE ChooseNone ----
\* A CHOOSE without a witness in the third step.
EXTENDS Naturals
VARIABLE s
Init == s = {1, 2}
Next == LET x == CHOOSE x \in s : TRUE IN s' = s \ {x}
====
