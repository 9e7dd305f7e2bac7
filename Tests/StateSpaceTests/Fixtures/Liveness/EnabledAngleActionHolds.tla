---- MODULE EnabledAngleActionHolds ----
\* ENABLED of an action that must also change a part of the state, in a formula that is an invariant.
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

Prop == [](door.locked <=> ENABLED <<Unlock>>_(door.locked))
====
