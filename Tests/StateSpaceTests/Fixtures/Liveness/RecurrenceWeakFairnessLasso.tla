---- MODULE RecurrenceWeakFairnessLasso ----
\* Weak fairness of every action does not open the door: locking and unlocking disables Open again and again.
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
        /\ WF_door(Open)
        /\ WF_door(Close)
        /\ WF_door(Lock)
        /\ WF_door(Unlock)

Prop == []<>door.open
====
