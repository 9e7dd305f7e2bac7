---- MODULE JunctionColumns ----
\* Aligned junctions whose items end by their column: an implication outside, a disjunction inside, operators on the next line.
EXTENDS Naturals
VARIABLES x, y
Init == /\ x = 0
        /\ y = 0
Guard == /\ x > 2
         /\ y > 1
      => x + y > 4
Next == \/ /\ x < 4
           /\ \/ y = 0
              \/ y = 2
           /\ x' = x
                 + 1
           /\ y' = y
        \/ /\ Guard
           /\ y' = (y + 1) % 3
           /\ x' = x
        \/ /\ ~Guard /\ x' = 0
           /\ y' = 0
====
