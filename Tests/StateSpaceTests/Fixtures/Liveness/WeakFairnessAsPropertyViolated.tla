---- MODULE WeakFairnessAsPropertyViolated ----
\* Fairness of one action does not imply fairness of the other one.
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

Prop == WF_light(TurnOff)
====
