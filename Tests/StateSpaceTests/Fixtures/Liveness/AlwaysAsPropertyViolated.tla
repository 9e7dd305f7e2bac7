---- MODULE AlwaysAsPropertyViolated ----
\* A formula [](state predicate) under PROPERTY is checked as an invariant.
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

Prop == []Off
====
