---- MODULE EventuallyAlwaysLasso ----
\* The light blinks forever, so it never comes to rest: the counterexample is a loop of two states.
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

Prop == <>[]On
====
