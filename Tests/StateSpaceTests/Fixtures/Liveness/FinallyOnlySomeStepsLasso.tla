---- MODULE FinallyOnlySomeStepsLasso ----
\* Finally every step would have to switch the light on, but a step that switches it off follows each of those.
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

Prop == <>[][TurnOn]_light
====
