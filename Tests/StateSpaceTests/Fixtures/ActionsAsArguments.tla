-------------------------- MODULE ActionsAsArguments --------------------------
\* Recursive operators that are given actions as ordinary arguments, unchanged and with more in each call.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>

RECURSIVE Last(_, _)
Last(n, b) == IF n = 0 THEN b ELSE Last(n - 1, b)
RECURSIVE Grow(_, _), Pick(_, _, _)
Grow(n, b) == IF n = 0 THEN b ELSE Grow(n - 1, b \/ x' = x + n)
Pick(n, a, b) == IF n = 0 THEN a ELSE Pick(n - 1, b, a)
Up == x' = x + 1

Init == Last(1, x \in 0..1) /\ Last(2, y = x)
Next ==
  /\ x < 6
  /\ \/ Last(2, x' = x + 1 \/ x' = x + 2) /\ UNCHANGED y
     \/ Last(1, UNCHANGED y) /\ Grow(2, x' = x)
     \/ \E d \in 1..2 : y = 0 /\ Pick(3, x' = x, x' = x + d) /\ Last(d, y' = d)
     \/ LET RECURSIVE Own(_, _)
            Own(n, b) == IF n = 0 THEN b ELSE Own(n - 1, b)
        IN Own(2, Up) /\ y' = y
Able == x < 6 => ENABLED Last(2, x' = 7)
=============================================================================
