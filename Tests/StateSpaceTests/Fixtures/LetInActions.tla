---- MODULE LetInActions ----
\* LET around and within assignments, with operators that read next values, and one definition that shadows nothing.
EXTENDS Naturals
VARIABLES x, y
Init == LET start == 2 IN x = start /\ y = start + 1
Next ==
  \/ LET up(v) == (v + 1) % 4
         both == x' = up(x) /\ y' = up(y)
     IN  both
  \/ LET next == x' IN x' = y /\ y' = (next + 1) % 4
  \/ \E i \in 1..2 : LET k == i * x IN k < 4 /\ x' = k /\ LET m == k + x' IN y' = m % 4
====
