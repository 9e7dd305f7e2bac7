------------------------ MODULE HiddenHistory ------------------------
\* A history of all the steps is written and left out of the view, which is a tuple of the other variables.
EXTENDS Naturals, Sequences
VARIABLES x, y, history
vars == <<x, y, history>>
Init == x = 0 /\ y = 0 /\ history = <<>>
Right == x < 3 /\ x' = x + 1 /\ y' = y /\ history' = Append(history, "right")
Up == y < 2 /\ y' = y + 1 /\ x' = x /\ history' = Append(history, "up")
Home == x = 3 /\ y = 2 /\ x' = 0 /\ y' = 0 /\ history' = Append(history, "home")
Next == Right \/ Up \/ Home
Spec == Init /\ [][Next]_vars
View == <<x, y>>
ShortHistory == Len(history) <= 5
======================================================================
