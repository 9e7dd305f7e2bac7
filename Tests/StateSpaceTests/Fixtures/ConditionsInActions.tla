---- MODULE ConditionsInActions ----
\* IF and CASE that choose between assignments, a CASE with OTHER, and an IF without effect on some variable.
EXTENDS Naturals
VARIABLES x, mode
Init == x = 0 /\ mode = "up"
Next ==
  \/ IF x < 4 /\ mode = "up" THEN x' = x + 1 /\ mode' \in {"up", "down"}
     ELSE IF x > 0 THEN x' = x - 1 /\ UNCHANGED mode ELSE x' = 0 /\ mode' = "up"
  \/ CASE mode = "up" -> mode' = "down" /\ x' = x
       [] mode = "down" /\ x > 2 -> \E k \in {0, x} : x' = k /\ mode' = "stop"
       [] OTHER -> UNCHANGED <<x, mode>>
====
