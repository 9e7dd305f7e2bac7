-------------------------- MODULE RecordView --------------------------
\* The view is a record of two of three variables.
EXTENDS Naturals
VARIABLES hour, day, total
Init == hour = 0 /\ day = 0 /\ total = 0
Next == /\ total' = total + 1
        /\ hour' = (hour + 1) % 4
        /\ day' = IF hour = 3 THEN (day + 1) % 3 ELSE day
View == [h |-> hour, d |-> day]
Reached == total <= 11
=======================================================================
