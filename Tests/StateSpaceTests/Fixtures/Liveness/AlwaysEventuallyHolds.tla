---- MODULE AlwaysEventuallyHolds ----
\* The light blinks forever, since both actions are weakly fair.
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

Prop == []<>Off /\ []<>On
====
