---- MODULE EquivalenceAsImplicationsHolds ----
\* In a light that blinks forever, both sides of the equivalence are true.
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

Prop == ([]<>On => []<>Off) /\ ([]<>Off => []<>On)
====
