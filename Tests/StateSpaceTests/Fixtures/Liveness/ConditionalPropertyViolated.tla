---- MODULE ConditionalPropertyViolated ----
\* The guard is false initially, and the formula in the ELSE branch is false.
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

Prop == IF On THEN []<>On ELSE <>[]Off
====
