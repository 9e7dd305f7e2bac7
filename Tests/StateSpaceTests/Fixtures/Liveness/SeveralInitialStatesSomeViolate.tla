---- MODULE SeveralInitialStatesSomeViolate ----
\* Only the behaviors from the initial states above zero violate the property: cooling is not fair.
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
