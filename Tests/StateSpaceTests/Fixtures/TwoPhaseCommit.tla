---- MODULE TwoPhaseCommit ----
\* A coordinator and its resource managers decide together; messages are a set that only grows.
CONSTANT Managers
VARIABLES
  status,    \* of each manager
  decision,  \* of the coordinator
  sent       \* every message that was ever sent
vars == <<status, decision, sent>>

Messages == [kind : {"prepared", "refused"}, from : Managers] \union [kind : {"commit", "abort"}]

Init ==
  /\ status = [m \in Managers |-> "working"]
  /\ decision = "none"
  /\ sent = {}

Send(message) == message \in Messages /\ sent' = sent \union {message}

\* A manager says that it can commit.
Prepare(m) ==
  /\ status[m] = "working"
  /\ status' = [status EXCEPT ![m] = "prepared"]
  /\ Send([kind |-> "prepared", from |-> m])
  /\ UNCHANGED decision

\* A manager gives up on its own.
Refuse(m) ==
  /\ status[m] = "working"
  /\ status' = [status EXCEPT ![m] = "aborted"]
  /\ Send([kind |-> "refused", from |-> m])
  /\ UNCHANGED decision

\* All are prepared: the coordinator commits.
Commit ==
  /\ decision = "none"
  /\ {message.from : message \in {p \in sent : p.kind = "prepared"}} = Managers
  /\ decision' = "commit"
  /\ Send([kind |-> "commit"])
  /\ UNCHANGED status

\* One refused, or the coordinator lost patience.
Abort ==
  /\ decision = "none"
  /\ decision' = "abort"
  /\ Send([kind |-> "abort"])
  /\ UNCHANGED status

\* A manager does what the coordinator decided.
Obey(m) ==
  \E message \in sent :
    /\ message.kind \in {"commit", "abort"}
    /\ status[m] \in {"working", "prepared"}
    /\ status' = [status EXCEPT ![m] = IF message.kind = "commit" THEN "committed" ELSE "aborted"]
    /\ UNCHANGED <<decision, sent>>

Done == (\A m \in Managers : status[m] \in {"committed", "aborted"}) /\ UNCHANGED vars

Next == (\E m \in Managers : Prepare(m) \/ Refuse(m) \/ Obey(m)) \/ Commit \/ Abort \/ Done

\* No manager commits while another has aborted.
Consistent == \A m, n \in Managers : ~(status[m] = "committed" /\ status[n] = "aborted")
====
