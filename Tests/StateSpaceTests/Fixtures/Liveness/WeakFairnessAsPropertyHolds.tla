---- MODULE WeakFairnessAsPropertyHolds ----
\* Fairness of Next implies fairness of each action, since only one of them is enabled at a time.
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
        /\ WF_light(Next)

Prop == WF_light(TurnOn) /\ WF_light(TurnOff)
====
