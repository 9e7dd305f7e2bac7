-------------------------- MODULE TinyPaxos --------------------------
\* Acceptors vote for values in two ballots, in the way of the voting abstraction of Paxos; two symmetric sets.
EXTENDS Naturals, FiniteSets, TLC
CONSTANTS Acceptor, Value
VARIABLES votes, maxBal
vars == <<votes, maxBal>>
Ballot == 0..1
Quorums == {Q \in SUBSET Acceptor : Cardinality(Q) * 2 > Cardinality(Acceptor)}
Init == votes = [a \in Acceptor |-> {}] /\ maxBal = [a \in Acceptor |-> 0]
Voted(a, b, v) == <<b, v>> \in votes[a]
Chosen(b, v) == \E Q \in Quorums : \A a \in Q : Voted(a, b, v)
SafeAt(b, v) == b = 0 \/ \E Q \in Quorums :
                  /\ \A a \in Q : maxBal[a] >= b
                  /\ \A a \in Q : \A w \in Value : Voted(a, 0, w) => w = v
Raise(a) == maxBal[a] < 1 /\ maxBal' = [maxBal EXCEPT ![a] = @ + 1] /\ UNCHANGED votes
Vote(a, b, v) == /\ maxBal[a] <= b
                 /\ \A w \in Value : ~Voted(a, b, w)
                 /\ \A c \in Acceptor, w \in Value : Voted(c, b, w) => w = v
                 /\ SafeAt(b, v)
                 /\ votes' = [votes EXCEPT ![a] = @ \cup {<<b, v>>}]
                 /\ maxBal' = [maxBal EXCEPT ![a] = b]
Next == \E a \in Acceptor : Raise(a) \/ \E b \in Ballot, v \in Value : Vote(a, b, v)
Spec == Init /\ [][Next]_vars
Sym == Permutations(Acceptor) \cup Permutations(Value)
Agreement == \A b, c \in Ballot, v, w \in Value : Chosen(b, v) /\ Chosen(c, w) => v = w
======================================================================
