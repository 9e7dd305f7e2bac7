---- MODULE ActionRecurrenceAssumptionHolds ----
\* The specification assumes infinitely many steps that open the door.
\* A door that can be closed and locked, as a record.
VARIABLE door

Open == ~door.open /\ ~door.locked /\ door' = [door EXCEPT !.open = TRUE]
Close == door.open /\ door' = [door EXCEPT !.open = FALSE]
Lock == ~door.open /\ ~door.locked /\ door' = [door EXCEPT !.locked = TRUE]
Unlock == door.locked /\ door' = [door EXCEPT !.locked = FALSE]

Init == door = [open |-> FALSE, locked |-> FALSE]
Next == Open \/ Close \/ Lock \/ Unlock
Spec == /\ Init
        /\ [][Next]_door
        /\ []<><<Open>>_door

Prop == []<>door.open /\ []<>~door.open
====
