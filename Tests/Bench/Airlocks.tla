------------------------------- MODULE Airlocks -------------------------------
\* Airlocks: doors, buttons, a pump and a crew
\*
\* Three airlocks of a station share one pump. Each step is one small thing: a button is
\* pressed, air is pumped, a door moves, a person takes a step.
\*
\* Stresses: many small actions without parameters, each with a few conditions.

EXTENDS Naturals

CONSTANTS
  Crew         \* how many people there are

\* Of each airlock: its inner and its outer door, the pressure, the lamp at the inner door,
\* the button that was pressed, and how many people are in it.
VARIABLES
  innerA, outerA, pressureA, lampA, buttonA, inA,
  innerB, outerB, pressureB, lampB, buttonB, inB,
  innerC, outerC, pressureC, lampC, buttonC, inC,
  pump,        \* the airlock that has the pump, or "idle"
  inside,      \* how many people are in the station
  outside      \* how many people are out in space

lockA == <<innerA, outerA, pressureA, lampA, buttonA, inA>>
lockB == <<innerB, outerB, pressureB, lampB, buttonB, inB>>
lockC == <<innerC, outerC, pressureC, lampC, buttonC, inC>>
people == <<inside, outside>>
vars == <<lockA, lockB, lockC, people, pump>>

Door == {"open", "shut", "locked"}
Pressure == {"full", "low", "none"}
Lamp == {"green", "red"}
Button == {"none", "in", "out"}

TypeOK ==
  /\ innerA \in Door /\ innerB \in Door /\ innerC \in Door
  /\ outerA \in Door /\ outerB \in Door /\ outerC \in Door
  /\ pressureA \in Pressure /\ pressureB \in Pressure /\ pressureC \in Pressure
  /\ lampA \in Lamp /\ lampB \in Lamp /\ lampC \in Lamp
  /\ buttonA \in Button /\ buttonB \in Button /\ buttonC \in Button
  /\ inA \in 0..1 /\ inB \in 0..1 /\ inC \in 0..1
  /\ pump \in {"idle", "A", "B", "C"}
  /\ inside \in 0..Crew /\ outside \in 0..Crew

Init ==
  /\ innerA = "shut" /\ outerA = "locked" /\ pressureA = "full" /\ lampA = "green"
  /\ innerB = "locked" /\ outerB = "shut" /\ pressureB = "none" /\ lampB = "red"
  /\ innerC = "locked" /\ outerC = "locked" /\ pressureC = "full" /\ lampC = "red"
  /\ buttonA = "none" /\ buttonB = "none" /\ buttonC = "none"
  /\ inA = 0 /\ inB = 0 /\ inC = 0
  /\ pump = "idle"
  /\ inside = Crew /\ outside = 0

OpenInnerA ==
  /\ innerA = "shut"
  /\ pressureA = "full"
  /\ outerA = "locked"
  /\ innerA' = "open"
  /\ UNCHANGED <<lockB, lockC, people, pump, outerA, pressureA, lampA, buttonA, inA>>

ShutInnerA ==
  /\ innerA = "open"
  /\ innerA' = "shut"
  /\ UNCHANGED <<lockB, lockC, people, pump, outerA, pressureA, lampA, buttonA, inA>>

LockInnerA ==
  /\ innerA = "shut"
  /\ buttonA = "out"
  /\ innerA' = "locked"
  /\ lampA' = "red"
  /\ UNCHANGED <<lockB, lockC, people, pump, outerA, pressureA, buttonA, inA>>

UnlockInnerA ==
  /\ innerA = "locked"
  /\ pressureA = "full"
  /\ outerA = "locked"
  /\ pump # "A"
  /\ innerA' = "shut"
  /\ lampA' = "green"
  /\ buttonA' = "none"
  /\ UNCHANGED <<lockB, lockC, people, pump, outerA, pressureA, inA>>

OpenOuterA ==
  /\ outerA = "shut"
  /\ pressureA = "none"
  /\ innerA = "locked"
  /\ outerA' = "open"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, pressureA, lampA, buttonA, inA>>

ShutOuterA ==
  /\ outerA = "open"
  /\ outerA' = "shut"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, pressureA, lampA, buttonA, inA>>

LockOuterA ==
  /\ outerA = "shut"
  /\ buttonA = "in"
  /\ outerA' = "locked"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, pressureA, lampA, buttonA, inA>>

UnlockOuterA ==
  /\ outerA = "locked"
  /\ pressureA = "none"
  /\ innerA = "locked"
  /\ pump # "A"
  /\ outerA' = "shut"
  /\ buttonA' = "none"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, pressureA, lampA, inA>>

PressInA ==
  /\ buttonA = "none"
  /\ pressureA # "full"
  /\ buttonA' = "in"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, outerA, pressureA, lampA, inA>>

PressOutA ==
  /\ buttonA = "none"
  /\ pressureA # "none"
  /\ buttonA' = "out"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, outerA, pressureA, lampA, inA>>

TakePumpA ==
  /\ pump = "idle"
  /\ innerA = "locked"
  /\ outerA = "locked"
  /\ buttonA # "none"
  /\ pump' = "A"
  /\ UNCHANGED <<lockA, lockB, lockC, people>>

EmptyA ==
  /\ pump = "A"
  /\ buttonA = "out"
  /\ pressureA # "none"
  /\ pressureA' = IF pressureA = "full" THEN "low" ELSE "none"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, outerA, lampA, buttonA, inA>>

FillA ==
  /\ pump = "A"
  /\ buttonA = "in"
  /\ pressureA # "full"
  /\ pressureA' = IF pressureA = "none" THEN "low" ELSE "full"
  /\ UNCHANGED <<lockB, lockC, people, pump, innerA, outerA, lampA, buttonA, inA>>

LeavePumpA ==
  /\ pump = "A"
  /\ pressureA = IF buttonA = "in" THEN "full" ELSE "none"
  /\ pump' = "idle"
  /\ UNCHANGED <<lockA, lockB, lockC, people>>

StepInA ==
  /\ innerA = "open"
  /\ inA = 0
  /\ inside > 0
  /\ inA' = 1
  /\ inside' = inside - 1
  /\ UNCHANGED <<lockB, lockC, pump, innerA, outerA, pressureA, lampA, buttonA, outside>>

StepBackA ==
  /\ innerA = "open"
  /\ inA = 1
  /\ inA' = 0
  /\ inside' = inside + 1
  /\ UNCHANGED <<lockB, lockC, pump, innerA, outerA, pressureA, lampA, buttonA, outside>>

StepOutA ==
  /\ outerA = "open"
  /\ inA = 1
  /\ inA' = 0
  /\ outside' = outside + 1
  /\ UNCHANGED <<lockB, lockC, pump, innerA, outerA, pressureA, lampA, buttonA, inside>>

ComeInA ==
  /\ outerA = "open"
  /\ inA = 0
  /\ outside > 0
  /\ inA' = 1
  /\ outside' = outside - 1
  /\ UNCHANGED <<lockB, lockC, pump, innerA, outerA, pressureA, lampA, buttonA, inside>>

OpenInnerB ==
  /\ innerB = "shut"
  /\ pressureB = "full"
  /\ outerB = "locked"
  /\ innerB' = "open"
  /\ UNCHANGED <<lockA, lockC, people, pump, outerB, pressureB, lampB, buttonB, inB>>

ShutInnerB ==
  /\ innerB = "open"
  /\ innerB' = "shut"
  /\ UNCHANGED <<lockA, lockC, people, pump, outerB, pressureB, lampB, buttonB, inB>>

LockInnerB ==
  /\ innerB = "shut"
  /\ buttonB = "out"
  /\ innerB' = "locked"
  /\ lampB' = "red"
  /\ UNCHANGED <<lockA, lockC, people, pump, outerB, pressureB, buttonB, inB>>

UnlockInnerB ==
  /\ innerB = "locked"
  /\ pressureB = "full"
  /\ outerB = "locked"
  /\ pump # "B"
  /\ innerB' = "shut"
  /\ lampB' = "green"
  /\ buttonB' = "none"
  /\ UNCHANGED <<lockA, lockC, people, pump, outerB, pressureB, inB>>

OpenOuterB ==
  /\ outerB = "shut"
  /\ pressureB = "none"
  /\ innerB = "locked"
  /\ outerB' = "open"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, pressureB, lampB, buttonB, inB>>

ShutOuterB ==
  /\ outerB = "open"
  /\ outerB' = "shut"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, pressureB, lampB, buttonB, inB>>

LockOuterB ==
  /\ outerB = "shut"
  /\ buttonB = "in"
  /\ outerB' = "locked"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, pressureB, lampB, buttonB, inB>>

UnlockOuterB ==
  /\ outerB = "locked"
  /\ pressureB = "none"
  /\ innerB = "locked"
  /\ pump # "B"
  /\ outerB' = "shut"
  /\ buttonB' = "none"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, pressureB, lampB, inB>>

PressInB ==
  /\ buttonB = "none"
  /\ pressureB # "full"
  /\ buttonB' = "in"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, outerB, pressureB, lampB, inB>>

PressOutB ==
  /\ buttonB = "none"
  /\ pressureB # "none"
  /\ buttonB' = "out"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, outerB, pressureB, lampB, inB>>

TakePumpB ==
  /\ pump = "idle"
  /\ innerB = "locked"
  /\ outerB = "locked"
  /\ buttonB # "none"
  /\ pump' = "B"
  /\ UNCHANGED <<lockA, lockB, lockC, people>>

EmptyB ==
  /\ pump = "B"
  /\ buttonB = "out"
  /\ pressureB # "none"
  /\ pressureB' = IF pressureB = "full" THEN "low" ELSE "none"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, outerB, lampB, buttonB, inB>>

FillB ==
  /\ pump = "B"
  /\ buttonB = "in"
  /\ pressureB # "full"
  /\ pressureB' = IF pressureB = "none" THEN "low" ELSE "full"
  /\ UNCHANGED <<lockA, lockC, people, pump, innerB, outerB, lampB, buttonB, inB>>

LeavePumpB ==
  /\ pump = "B"
  /\ pressureB = IF buttonB = "in" THEN "full" ELSE "none"
  /\ pump' = "idle"
  /\ UNCHANGED <<lockA, lockB, lockC, people>>

StepInB ==
  /\ innerB = "open"
  /\ inB = 0
  /\ inside > 0
  /\ inB' = 1
  /\ inside' = inside - 1
  /\ UNCHANGED <<lockA, lockC, pump, innerB, outerB, pressureB, lampB, buttonB, outside>>

StepBackB ==
  /\ innerB = "open"
  /\ inB = 1
  /\ inB' = 0
  /\ inside' = inside + 1
  /\ UNCHANGED <<lockA, lockC, pump, innerB, outerB, pressureB, lampB, buttonB, outside>>

StepOutB ==
  /\ outerB = "open"
  /\ inB = 1
  /\ inB' = 0
  /\ outside' = outside + 1
  /\ UNCHANGED <<lockA, lockC, pump, innerB, outerB, pressureB, lampB, buttonB, inside>>

ComeInB ==
  /\ outerB = "open"
  /\ inB = 0
  /\ outside > 0
  /\ inB' = 1
  /\ outside' = outside - 1
  /\ UNCHANGED <<lockA, lockC, pump, innerB, outerB, pressureB, lampB, buttonB, inside>>

OpenInnerC ==
  /\ innerC = "shut"
  /\ pressureC = "full"
  /\ outerC = "locked"
  /\ innerC' = "open"
  /\ UNCHANGED <<lockA, lockB, people, pump, outerC, pressureC, lampC, buttonC, inC>>

ShutInnerC ==
  /\ innerC = "open"
  /\ innerC' = "shut"
  /\ UNCHANGED <<lockA, lockB, people, pump, outerC, pressureC, lampC, buttonC, inC>>

LockInnerC ==
  /\ innerC = "shut"
  /\ buttonC = "out"
  /\ innerC' = "locked"
  /\ lampC' = "red"
  /\ UNCHANGED <<lockA, lockB, people, pump, outerC, pressureC, buttonC, inC>>

UnlockInnerC ==
  /\ innerC = "locked"
  /\ pressureC = "full"
  /\ outerC = "locked"
  /\ pump # "C"
  /\ innerC' = "shut"
  /\ lampC' = "green"
  /\ buttonC' = "none"
  /\ UNCHANGED <<lockA, lockB, people, pump, outerC, pressureC, inC>>

OpenOuterC ==
  /\ outerC = "shut"
  /\ pressureC = "none"
  /\ innerC = "locked"
  /\ outerC' = "open"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, pressureC, lampC, buttonC, inC>>

ShutOuterC ==
  /\ outerC = "open"
  /\ outerC' = "shut"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, pressureC, lampC, buttonC, inC>>

LockOuterC ==
  /\ outerC = "shut"
  /\ buttonC = "in"
  /\ outerC' = "locked"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, pressureC, lampC, buttonC, inC>>

UnlockOuterC ==
  /\ outerC = "locked"
  /\ pressureC = "none"
  /\ innerC = "locked"
  /\ pump # "C"
  /\ outerC' = "shut"
  /\ buttonC' = "none"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, pressureC, lampC, inC>>

PressInC ==
  /\ buttonC = "none"
  /\ pressureC # "full"
  /\ buttonC' = "in"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, outerC, pressureC, lampC, inC>>

PressOutC ==
  /\ buttonC = "none"
  /\ pressureC # "none"
  /\ buttonC' = "out"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, outerC, pressureC, lampC, inC>>

TakePumpC ==
  /\ pump = "idle"
  /\ innerC = "locked"
  /\ outerC = "locked"
  /\ buttonC # "none"
  /\ pump' = "C"
  /\ UNCHANGED <<lockA, lockB, lockC, people>>

EmptyC ==
  /\ pump = "C"
  /\ buttonC = "out"
  /\ pressureC # "none"
  /\ pressureC' = IF pressureC = "full" THEN "low" ELSE "none"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, outerC, lampC, buttonC, inC>>

FillC ==
  /\ pump = "C"
  /\ buttonC = "in"
  /\ pressureC # "full"
  /\ pressureC' = IF pressureC = "none" THEN "low" ELSE "full"
  /\ UNCHANGED <<lockA, lockB, people, pump, innerC, outerC, lampC, buttonC, inC>>

LeavePumpC ==
  /\ pump = "C"
  /\ pressureC = IF buttonC = "in" THEN "full" ELSE "none"
  /\ pump' = "idle"
  /\ UNCHANGED <<lockA, lockB, lockC, people>>

StepInC ==
  /\ innerC = "open"
  /\ inC = 0
  /\ inside > 0
  /\ inC' = 1
  /\ inside' = inside - 1
  /\ UNCHANGED <<lockA, lockB, pump, innerC, outerC, pressureC, lampC, buttonC, outside>>

StepBackC ==
  /\ innerC = "open"
  /\ inC = 1
  /\ inC' = 0
  /\ inside' = inside + 1
  /\ UNCHANGED <<lockA, lockB, pump, innerC, outerC, pressureC, lampC, buttonC, outside>>

StepOutC ==
  /\ outerC = "open"
  /\ inC = 1
  /\ inC' = 0
  /\ outside' = outside + 1
  /\ UNCHANGED <<lockA, lockB, pump, innerC, outerC, pressureC, lampC, buttonC, inside>>

ComeInC ==
  /\ outerC = "open"
  /\ inC = 0
  /\ outside > 0
  /\ inC' = 1
  /\ outside' = outside - 1
  /\ UNCHANGED <<lockA, lockB, pump, innerC, outerC, pressureC, lampC, buttonC, inside>>

Next ==
  \/ OpenInnerA \/ ShutInnerA \/ LockInnerA \/ UnlockInnerA \/ OpenOuterA \/ ShutOuterA
  \/ LockOuterA \/ UnlockOuterA \/ PressInA \/ PressOutA \/ TakePumpA \/ EmptyA
  \/ FillA \/ LeavePumpA \/ StepInA \/ StepBackA \/ StepOutA \/ ComeInA
  \/ OpenInnerB \/ ShutInnerB \/ LockInnerB \/ UnlockInnerB \/ OpenOuterB \/ ShutOuterB
  \/ LockOuterB \/ UnlockOuterB \/ PressInB \/ PressOutB \/ TakePumpB \/ EmptyB
  \/ FillB \/ LeavePumpB \/ StepInB \/ StepBackB \/ StepOutB \/ ComeInB
  \/ OpenInnerC \/ ShutInnerC \/ LockInnerC \/ UnlockInnerC \/ OpenOuterC \/ ShutOuterC
  \/ LockOuterC \/ UnlockOuterC \/ PressInC \/ PressOutC \/ TakePumpC \/ EmptyC
  \/ FillC \/ LeavePumpC \/ StepInC \/ StepBackC \/ StepOutC \/ ComeInC

Spec == Init /\ [][Next]_vars

\* Buttons work only at the first airlock: a constraint for small explorations.
OnlyFirst == buttonB = "none" /\ buttonC = "none"

\* The two doors of an airlock are never open together, and each opens only to its side.
NoLeak ==
  /\ innerA = "open" => pressureA = "full" /\ outerA = "locked"
  /\ outerA = "open" => pressureA = "none" /\ innerA = "locked"
  /\ innerB = "open" => pressureB = "full" /\ outerB = "locked"
  /\ outerB = "open" => pressureB = "none" /\ innerB = "locked"
  /\ innerC = "open" => pressureC = "full" /\ outerC = "locked"
  /\ outerC = "open" => pressureC = "none" /\ innerC = "locked"

\* The pump works only between locked doors.
PumpBetweenDoors ==
  /\ pump = "A" => innerA = "locked" /\ outerA = "locked"
  /\ pump = "B" => innerB = "locked" /\ outerB = "locked"
  /\ pump = "C" => innerC = "locked" /\ outerC = "locked"

NobodyIsLost == inside + outside + inA + inB + inC = Crew

===============================================================================
