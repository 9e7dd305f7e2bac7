--------------------------- MODULE Inboxes ---------------------------
\* Nodes send messages with their own name to the inboxes of the others; the messages are records inside sequences.
EXTENDS Naturals, Sequences, TLC
CONSTANT Node
VARIABLES inbox, left
Init == inbox = [n \in Node |-> <<>>] /\ left = 3
Send(a, b) == /\ left > 0 /\ a # b
              /\ inbox' = [inbox EXCEPT ![b] = Append(@, [from |-> a, nr |-> left])]
              /\ left' = left - 1
Read(a) == /\ inbox[a] # <<>>
           /\ inbox' = [inbox EXCEPT ![a] = Tail(@)] /\ UNCHANGED left
Next == \E a \in Node : Read(a) \/ \E b \in Node : Send(a, b)
Sym == Permutations(Node)
NotFromSelf == \A n \in Node : \A k \in DOMAIN inbox[n] : inbox[n][k].from # n
======================================================================
