-------------------------- MODULE FiveHives --------------------------
\* Five hives hand swarms to one another; the sum stays two.
EXTENDS Naturals, TLC
CONSTANT Hive
VARIABLES swarms, spare
vars == <<swarms, spare>>
Init == swarms = [h \in Hive |-> 0] /\ spare = 2
Settle(h) == /\ spare > 0
             /\ spare' = spare - 1
             /\ swarms' = [swarms EXCEPT ![h] = @ + 1]
Move(a, b) == /\ swarms[a] > 0 /\ a # b
              /\ swarms' = [swarms EXCEPT ![a] = @ - 1, ![b] = @ + 1]
              /\ UNCHANGED spare
Next == \E a \in Hive : Settle(a) \/ \E b \in Hive : Move(a, b)
Spec == Init /\ [][Next]_vars
Sym == Permutations(Hive)
Few == \A h \in Hive : swarms[h] + spare <= 2
======================================================================
