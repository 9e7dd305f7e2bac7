---- MODULE LeadsToWeakFairnessHolds ----
\* Off leads to on and on leads to off with weak fairness of the next-state action.
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

Prop == (Off ~> On) /\ (On ~> Off)
====
