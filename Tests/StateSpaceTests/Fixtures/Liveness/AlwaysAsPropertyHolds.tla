---- MODULE AlwaysAsPropertyHolds ----
\* A formula [](state predicate) under PROPERTY that is true in every state.
EXTENDS Naturals
VARIABLE light

On == light = "on"
Off == light = "off"

TurnOn == light = "off" /\ light' = "on"
TurnOff == light = "on" /\ light' = "off"

Init == light = "off"
Next == TurnOn \/ TurnOff
Spec == /\ Init
        /\ [][Next]_light

Prop == [](light \in {"on", "off"})
====
