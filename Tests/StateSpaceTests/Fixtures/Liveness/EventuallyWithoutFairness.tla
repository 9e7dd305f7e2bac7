---- MODULE EventuallyWithoutFairness ----
\* A light that may be switched on need not be: without fairness the behavior stutters in the initial state.
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

Prop == <>On
====
