---- MODULE PrimedArguments ----
\* Operators that are given primed expressions, prime their own arguments, or are primed as a whole.
EXTENDS Integers
VARIABLES x, y
Sum == x + y
Set(v, e) == v' = e
Close(a, b) == a - b <= 1 /\ b - a <= 1
Init == x = 0 /\ y = 0
Next ==
  \/ Set(x, (x + 1) % 4) /\ Set(y, y) /\ Close(x', y + 1)
  \/ y' = (y + 1) % 4 /\ UNCHANGED x /\ Sum' < 6
  \/ x' = y /\ y' = x /\ (Sum = Sum')
====
