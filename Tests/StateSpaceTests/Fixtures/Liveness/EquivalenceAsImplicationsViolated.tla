---- MODULE EquivalenceAsImplicationsViolated ----
\* The light may stay off forever: then only one side of the equivalence is true.
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

Prop == ([]<>On => []<>Off) /\ ([]<>Off => []<>On)
====
