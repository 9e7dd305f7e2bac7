---- MODULE DeadlockBeforeLiveness ----
\* The rest at zero is a deadlock for TLC, which is found before the temporal property is checked.
EXTENDS Integers
VARIABLE temperature

Init == temperature \in -2..2
Warm == temperature < 0 /\ temperature' = temperature + 1
Cool == temperature > 0 /\ temperature' = temperature - 1
Next == Warm \/ Cool
Spec == /\ Init
        /\ [][Next]_temperature
        /\ WF_temperature(Warm)

Prop == <>(temperature = 0)
====
