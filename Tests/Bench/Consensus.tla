------------------------------ MODULE Consensus -------------------------------
\* Consensus: ballots, quorums, promises
\*
\* Proposers lead ballots. A proposer asks for promises, and when a quorum has promised it
\* proposes the value of the highest vote that it heard of, or any. Messages stay under
\* way: they can be read late, by anyone, or never.
\*
\* Stresses: consensus: a growing set of records, quantifiers over filtered messages.

EXTENDS Integers, FiniteSets

CONSTANTS
  Acceptors,   \* the acceptors
  Values,      \* the values that can be proposed
  MaxBallot,   \* the ballots are 0 to this
  None         \* stands for no value

VARIABLES
  messages,    \* all messages that were ever sent
  promised,    \* for each acceptor, the highest ballot that it heard of; -1 for none
  vote         \* for each acceptor, its last vote: a ballot, or -1, and a value

vars == <<messages, promised, vote>>

Ballots == 0..MaxBallot
Quorums == {Q \in SUBSET Acceptors : Cardinality(Q) * 2 > Cardinality(Acceptors)}

Vote == [ballot : Ballots, value : Values] \union {[ballot |-> -1, value |-> None]}
Message ==
  [type : {"ask"}, ballot : Ballots] \union
  [type : {"promise"}, ballot : Ballots, from : Acceptors, vote : Vote] \union
  [type : {"propose"}, ballot : Ballots, value : Values] \union
  [type : {"accept"}, ballot : Ballots, from : Acceptors, value : Values]

TypeOK ==
  /\ messages \subseteq Message
  /\ promised \in [Acceptors -> Ballots \union {-1}]
  /\ vote \in [Acceptors -> Vote]

Init ==
  /\ messages = {}
  /\ promised = [a \in Acceptors |-> -1]
  /\ vote = [a \in Acceptors |-> [ballot |-> -1, value |-> None]]

Send(m) == messages' = messages \union {m}

Ask(b) ==
  /\ Send([type |-> "ask", ballot |-> b])
  /\ UNCHANGED <<promised, vote>>

Promise(a) ==
  \E m \in messages :
    /\ m.type = "ask" /\ m.ballot > promised[a]
    /\ Send([type |-> "promise", ballot |-> m.ballot, from |-> a, vote |-> vote[a]])
    /\ promised' = [promised EXCEPT ![a] = m.ballot]
    /\ UNCHANGED vote

Promises(b) == {m \in messages : m.type = "promise" /\ m.ballot = b}

Propose(b) ==
  /\ ~ \E m \in messages : m.type = "propose" /\ m.ballot = b
  /\ \E Q \in Quorums :
       LET heard == {m \in Promises(b) : m.from \in Q}
           votes == {m.vote : m \in {m \in heard : m.vote.ballot >= 0}}
       IN  /\ \A a \in Q : \E m \in heard : m.from = a
           /\ \E v \in Values :
                /\ \/ votes = {}
                   \/ \E highest \in votes :
                        highest.value = v /\ \A other \in votes : other.ballot <= highest.ballot
                /\ Send([type |-> "propose", ballot |-> b, value |-> v])
  /\ UNCHANGED <<promised, vote>>

Accept(a) ==
  \E m \in messages :
    /\ m.type = "propose" /\ m.ballot >= promised[a]
    /\ Send([type |-> "accept", ballot |-> m.ballot, from |-> a, value |-> m.value])
    /\ promised' = [promised EXCEPT ![a] = m.ballot]
    /\ vote' = [vote EXCEPT ![a] = [ballot |-> m.ballot, value |-> m.value]]

Next ==
  \/ \E b \in Ballots : Ask(b) \/ Propose(b)
  \/ \E a \in Acceptors : Promise(a) \/ Accept(a)

Spec == Init /\ [][Next]_vars

\* A quorum has accepted the value in one ballot.
Chosen(v) ==
  \E b \in Ballots, Q \in Quorums :
    \A a \in Q : [type |-> "accept", ballot |-> b, from |-> a, value |-> v] \in messages

\* At most one value is chosen.
Agreement == \A v, w \in Values : Chosen(v) /\ Chosen(w) => v = w

\* Only proposed values are accepted.
AcceptedWasProposed ==
  \A m \in messages :
    m.type = "accept" => [type |-> "propose", ballot |-> m.ballot, value |-> m.value] \in messages

===============================================================================
