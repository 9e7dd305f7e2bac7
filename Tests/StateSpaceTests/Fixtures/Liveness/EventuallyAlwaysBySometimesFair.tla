---- MODULE EventuallyAlwaysBySometimesFair ----
\* The assumption <>[]On about the environment makes the same formula true as a property.
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

Prop == <>[]On
====
