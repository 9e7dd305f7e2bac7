-------------------------------- MODULE part5b --------------------------------
\* Deployments, part 5b: a circuit breaker
\*
\* The service counts the tasks that fail their health check. After too many it starts no
\* more of that version, and goes back to version 1. A deployment that fails ends, too: the
\* checker visits every state and finds no error, and DeploymentEnds holds.

EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Nodes,         \* the clients, the load balancer and the tasks
  Clients,       \* the nodes that ask
  Tasks,         \* the nodes that answer; the other node is the load balancer
  Old,           \* the tasks that run at the start
  Desired,       \* how many tasks the service is to run
  MinimumHealthy,\* how many healthy tasks a deployment must leave
  Broken,        \* the versions of which no task becomes healthy
  MaxFailures    \* after how many unhealthy tasks a deployment has failed

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  waiting,       \* for each client, whether it waits for an answer
  status,        \* for each task, whether it is "stopped", "starting" or "running"; it
                 \* listens when it is running
  version,       \* for each task, the version that it runs, or "none"
  target,        \* for each task, what it is to the load balancer: "initial", "healthy" or
                 \* "unhealthy" in the target group, "draining", or "unused"
  wanted,        \* the version that the service is to run
  failures       \* how many tasks were unhealthy since the deployment began

vars == <<inbox, waiting, status, version, target, wanted, failures>>

Balancers == Nodes \ (Clients \union Tasks)

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ waiting = [c \in Clients |-> FALSE]
  /\ status = [t \in Tasks |-> IF t \in Old THEN "running" ELSE "stopped"]
  /\ version = [t \in Tasks |-> IF t \in Old THEN "v1" ELSE "none"]
  /\ target = [t \in Tasks |-> IF t \in Old THEN "healthy" ELSE "unused"]
  /\ wanted = "v1"
  /\ failures = 0

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) ==
  /\ inbox[n] # <<>>
  /\ Head(inbox[n]).action = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

-----------------------------------------------------------------------------
\* The clients

\* c asks the load balancer for something.
Request(c) ==
  /\ ~waiting[c]
  /\ waiting' = [waiting EXCEPT ![c] = TRUE]
  /\ \E b \in Balancers :
       inbox' = [inbox EXCEPT ![b] = Append(@, [action |-> "request", client |-> c])]
  /\ UNCHANGED <<status, version, target, wanted, failures>>

\* c reads the answer, or that the service is unavailable.
Answered(c) ==
  /\ Received(c, "answer") \/ Received(c, "unavailable")
  /\ waiting' = [waiting EXCEPT ![c] = FALSE]
  /\ inbox' = Read(c)
  /\ UNCHANGED <<status, version, target, wanted, failures>>

-----------------------------------------------------------------------------
\* The load balancer

\* The tasks that the load balancer found healthy.
Healthy == {t \in Tasks : target[t] = "healthy"}

\* The load balancer sends the next request to a healthy task. If there is none, it refuses
\* the request.
Route(b) ==
  /\ Received(b, "request")
  /\ LET request == Head(inbox[b])
         refusal == [action |-> "unavailable", client |-> request.client]
     IN  IF Healthy = {}
         THEN inbox' = [Read(b) EXCEPT ![request.client] = Append(@, refusal)]
         ELSE \E t \in Healthy : inbox' = [Read(b) EXCEPT ![t] = Append(@, request)]
  /\ UNCHANGED <<waiting, status, version, target, wanted, failures>>

\* The load balancer checks the new target t, which listens, and finds it healthy or not.
HealthCheck(t) ==
  /\ target[t] = "initial"
  /\ status[t] = "running"
  /\ IF version[t] \in Broken
     THEN /\ target' = [target EXCEPT ![t] = "unhealthy"]
          /\ failures' = failures + 1
     ELSE /\ target' = [target EXCEPT ![t] = "healthy"]
          /\ UNCHANGED failures
  /\ UNCHANGED <<inbox, waiting, status, version, wanted>>

-----------------------------------------------------------------------------
\* The tasks

\* t answers the next request.
Answer(t) ==
  /\ status[t] = "running"
  /\ Received(t, "request")
  /\ LET c == Head(inbox[t]).client
     IN  inbox' = [Read(t) EXCEPT ![c] = Append(@, [action |-> "answer", client |-> c])]
  /\ UNCHANGED <<waiting, status, version, target, wanted, failures>>

\* t begins to listen. What was sent to it before is lost.
Listen(t) ==
  /\ status[t] = "starting"
  /\ status' = [status EXCEPT ![t] = "running"]
  /\ inbox' = [inbox EXCEPT ![t] = <<>>]
  /\ UNCHANGED <<waiting, version, target, wanted, failures>>

-----------------------------------------------------------------------------
\* The service

\* The tasks that the service does not want any more.
Outdated == {t \in Tasks : version[t] \notin {wanted, "none"}}

\* The tasks of the version that the service wants.
Current == {t \in Tasks : version[t] = wanted}

\* The service runs what it is to run, and nothing else.
Deployed ==
  /\ Outdated = {}
  /\ Cardinality(Current) = Desired
  /\ Current \subseteq Healthy

\* Too many tasks of version 2 were unhealthy.
Failed == wanted = "v2" /\ failures >= MaxFailures

\* The service is told to run version 2, when no other deployment is under way.
Deploy ==
  /\ Deployed
  /\ wanted = "v1"
  /\ wanted' = "v2"
  /\ failures' = 0
  /\ UNCHANGED <<inbox, waiting, status, version, target>>

\* The circuit breaker: the service goes back to version 1.
RollBack ==
  /\ Failed
  /\ wanted' = "v1"
  /\ UNCHANGED <<inbox, waiting, status, version, target, failures>>

\* The service starts task t, unless the deployment has failed.
Start(t) ==
  /\ ~Failed
  /\ status[t] = "stopped"
  /\ Cardinality(Current) < Desired
  /\ status' = [status EXCEPT ![t] = "starting"]
  /\ version' = [version EXCEPT ![t] = wanted]
  /\ UNCHANGED <<inbox, waiting, target, wanted, failures>>

\* The service adds task t to the target group.
Register(t) ==
  /\ status[t] # "stopped"
  /\ target[t] = "unused"
  /\ target' = [target EXCEPT ![t] = "initial"]
  /\ UNCHANGED <<inbox, waiting, status, version, wanted, failures>>

\* The old or unhealthy task t leaves the target group, if enough others are healthy.
Deregister(t) ==
  /\ t \in Outdated \/ target[t] = "unhealthy"
  /\ target[t] \in {"initial", "healthy", "unhealthy"}
  /\ Cardinality(Healthy \ {t}) >= MinimumHealthy
  /\ target' = [target EXCEPT ![t] = "draining"]
  /\ UNCHANGED <<inbox, waiting, status, version, wanted, failures>>

\* The service stops task t when its inbox, which would be lost, is empty.
Stop(t) ==
  /\ target[t] = "draining"
  /\ inbox[t] = <<>>
  /\ status' = [status EXCEPT ![t] = "stopped"]
  /\ version' = [version EXCEPT ![t] = "none"]
  /\ target' = [target EXCEPT ![t] = "unused"]
  /\ inbox' = [inbox EXCEPT ![t] = <<>>]
  /\ UNCHANGED <<waiting, wanted, failures>>

Next ==
  \/ \E c \in Clients :
       \/ Request(c)
       \/ Answered(c)
  \/ \E b \in Balancers : Route(b)
  \/ \E t \in Tasks :
       \/ HealthCheck(t)
       \/ Answer(t)
       \/ Listen(t)
       \/ Start(t)
       \/ Register(t)
       \/ Deregister(t)
       \/ Stop(t)
  \/ Deploy
  \/ RollBack

\* Tasks begin to listen and answer, the load balancer checks them, and the service goes on
\* with each task. Nobody need ask, and nobody need deploy.
Fairness ==
  /\ \A t \in Tasks :
       /\ WF_vars(Answer(t))
       /\ WF_vars(Listen(t) \/ HealthCheck(t))
       /\ WF_vars(Start(t) \/ Register(t) \/ Deregister(t) \/ Stop(t))
  /\ WF_vars(RollBack)

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------

\* While a client waits, some task is healthy.
Available == (\E c \in Clients : waiting[c]) => Healthy # {}

\* The request of a client that waits, or the answer to it, is in some inbox.
NothingAcceptedIsLost ==
  \A c \in Clients :
    waiting[c] =>
      \E n \in Nodes : \E i \in 1..Len(inbox[n]) : inbox[n][i].client = c

\* Each deployment ends.
DeploymentEnds == ~Deployed ~> Deployed

=============================================================================
