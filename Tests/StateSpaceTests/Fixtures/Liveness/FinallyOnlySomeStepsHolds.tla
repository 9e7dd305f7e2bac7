---- MODULE FinallyOnlySomeStepsHolds ----
\* The assumption that the light stays on in the end leaves room for stuttering steps only.
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
        /\ <>[]On

Prop == <>[][FALSE]_light
====
