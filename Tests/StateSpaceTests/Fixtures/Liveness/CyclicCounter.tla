---- MODULE CyclicCounter ----
\* A counter that other specifications of this folder refine. It is fair, so it comes to each number again and
\* again.
EXTENDS Naturals
CONSTANT Limit
VARIABLE count

Init == count = 0
Tick == count' = (count + 1) % Limit
Fairness == WF_count(Tick)
Spec == Init /\ [][Tick]_count /\ Fairness

Cycles == \A n \in 0..Limit-1 : []<>(count = n)
====
