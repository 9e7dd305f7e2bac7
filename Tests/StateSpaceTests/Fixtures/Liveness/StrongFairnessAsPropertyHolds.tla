---- MODULE StrongFairnessAsPropertyHolds ----
\* Weak fairness of both actions implies strong fairness here, as no step disables one without taking it.
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
        /\ WF_light(TurnOn)
        /\ WF_light(TurnOff)

Prop == SF_light(TurnOn) /\ SF_light(TurnOff)
====
