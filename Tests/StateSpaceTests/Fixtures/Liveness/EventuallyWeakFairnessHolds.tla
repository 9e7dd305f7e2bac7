---- MODULE EventuallyWeakFairnessHolds ----
\* Weak fairness of switching on is enough for the light to be on at some time.
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

Prop == <>On
====
