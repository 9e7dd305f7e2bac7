---- MODULE LevelInView ----
\* A view that tells states apart by when they are reached: a step that changes nothing leads to another state, too.
EXTENDS Naturals, TLC

VARIABLE x

Init == x = 0
Step == x' = x + 1
Next == Step \/ UNCHANGED x
OfThreeSteps == TLCGet("level") <= 3
View == <<x, TLCGet("level")>>
====
