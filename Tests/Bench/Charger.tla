------------------------------- MODULE Charger --------------------------------
\* Charger: a charging station for cars
\*
\* A driver plugs the car in, shows a card, charges, and pays later. The parts of the
\* station, the car and the network each have a few variables of their own.
\*
\* Stresses: wide states: 24 variables, of which an action changes one to five.

EXTENDS Naturals

CONSTANTS
  Full,        \* the battery's capacity
  Hot,         \* the highest temperature
  MaxUnsent    \* how many lines of the bill the station can keep

VARIABLES
  plug,        \* whether the cable is "in" the car or "out"
  pilot,       \* what the car says: "A" no car, "B" ready, "C" wants power
  battery,     \* how full the battery is
  leaves,      \* whether the driver wants to leave
  latch,       \* whether the plug is held
  contactor,   \* whether power is on
  current,     \* how much flows
  limit,       \* how much may flow
  heat,        \* how hot the cable is
  fan,         \* whether the fan runs
  card,        \* the card: none, shown, or known
  granted,     \* whether the driver may charge
  running,     \* whether a session runs
  energy,      \* what the session delivered
  open,        \* how many lines of the bill are open
  unsent,      \* how many lines were not sent yet
  sent,        \* whether an odd number was sent
  tariff,      \* day or night
  display,     \* what the driver reads
  lamp,        \* the colour of the lamp
  online,      \* whether the network is there
  fault,       \* why the box does not charge
  door,        \* the door of the box
  meter        \* on during a session

car == <<plug, pilot, battery, leaves>>
power == <<latch, contactor, current, limit, heat, fan>>
session == <<card, granted, running, energy>>
bill == <<open, unsent, sent, tariff>>
box == <<display, lamp, online, fault, door, meter>>
vars == <<car, power, session, bill, box>>

TypeOK ==
  /\ plug \in {"in", "out"} /\ pilot \in {"A", "B", "C"}
  /\ battery \in 0..Full /\ leaves \in BOOLEAN
  /\ latch \in BOOLEAN /\ contactor \in BOOLEAN
  /\ current \in 0..2 /\ limit \in 1..2
  /\ heat \in 0..Hot /\ fan \in BOOLEAN
  /\ card \in {"none", "shown", "known"}
  /\ granted \in BOOLEAN /\ running \in BOOLEAN
  /\ energy \in 0..Full
  /\ open \in 0..1 /\ unsent \in 0..MaxUnsent /\ sent \in 0..1
  /\ tariff \in {"day", "night"}
  /\ display \in {"welcome", "wait", "sorry", "charging", "bye"}
  /\ lamp \in {"off", "blue", "green"}
  /\ online \in BOOLEAN
  /\ fault \in {"none", "door"} /\ door \in {"open", "shut"}
  /\ meter \in {"on", "off"}

Init ==
  /\ plug = "out" /\ pilot = "A" /\ battery = 0 /\ leaves = FALSE
  /\ latch = FALSE /\ contactor = FALSE /\ current = 0 /\ limit = 2 /\ heat = 0 /\ fan = FALSE
  /\ card = "none" /\ granted = FALSE /\ running = FALSE /\ energy = 0
  /\ open = 0 /\ unsent = 0 /\ sent = 0 /\ tariff = "day"
  /\ display = "welcome" /\ lamp = "off" /\ online = TRUE
  /\ fault = "none" /\ door = "shut" /\ meter = "off"

\* The cable is put into the car.
PlugIn ==
  /\ plug = "out"
  /\ ~ leaves
  /\ fault = "none"
  /\ plug' = "in"
  /\ pilot' = "B"
  /\ UNCHANGED <<power, session, bill, box, battery, leaves>>

\* The cable is pulled out, which the latch prevents while power is on.
PlugOut ==
  /\ plug = "in"
  /\ ~ latch
  /\ plug' = "out"
  /\ pilot' = "A"
  /\ leaves' = FALSE
  /\ UNCHANGED <<power, session, bill, box, battery>>

ShowCard ==
  /\ card = "none"
  /\ ~ granted
  /\ card' = "shown"
  /\ display' = "wait"
  /\ UNCHANGED <<car, power, bill, granted, running, energy, lamp, online, fault, door,
                 meter>>

\* Without the network a card is trusted as long as nothing is unsent.
ReadCard ==
  /\ card = "shown"
  /\ online \/ unsent = 0
  /\ card' = "known"
  /\ granted' = TRUE
  /\ display' = "welcome"
  /\ UNCHANGED <<car, power, bill, running, energy, lamp, online, fault, door, meter>>

RefuseCard ==
  /\ card = "shown"
  /\ ~ online
  /\ card' = "none"
  /\ display' = "sorry"
  /\ UNCHANGED <<car, power, bill, granted, running, energy, lamp, online, fault, door,
                 meter>>

Latch ==
  /\ plug = "in"
  /\ granted
  /\ ~ latch
  /\ fault = "none"
  /\ ~ running
  /\ battery < Full
  /\ latch' = TRUE
  /\ lamp' = "blue"
  /\ UNCHANGED <<car, session, bill, contactor, current, limit, heat, fan, display, online,
                 fault, door, meter>>

\* A session begins, and with it a line of the bill.
Start ==
  /\ latch
  /\ ~ running
  /\ pilot = "B"
  /\ unsent < MaxUnsent
  /\ open = 0
  /\ battery < Full
  /\ fault = "none"
  /\ ~ leaves
  /\ running' = TRUE
  /\ open' = 1
  /\ energy' = 0
  /\ meter' = "on"
  /\ display' = "charging"
  /\ UNCHANGED <<car, power, card, granted, unsent, sent, tariff, lamp, online, fault,
                 door>>

AskForPower ==
  /\ running
  /\ pilot = "B"
  /\ pilot' = "C"
  /\ UNCHANGED <<power, session, bill, box, plug, battery, leaves>>

Close ==
  /\ pilot = "C"
  /\ running
  /\ latch
  /\ ~ contactor
  /\ fault = "none"
  /\ heat < Hot
  /\ door = "shut"
  /\ contactor' = TRUE
  /\ current' = 1
  /\ lamp' = "green"
  /\ UNCHANGED <<car, session, bill, latch, limit, heat, fan, display, online, fault, door,
                 meter>>

MoreCurrent ==
  /\ contactor
  /\ current < limit
  /\ current' = current + 1
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, limit, heat, fan>>

LessCurrent ==
  /\ contactor
  /\ current > 1
  /\ current' = current - 1
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, limit, heat, fan>>

\* Some energy flows.
Charge ==
  /\ contactor
  /\ current > 0
  /\ battery < Full
  /\ battery' = battery + 1
  /\ energy' = energy + 1
  /\ heat' = IF heat < Hot /\ ~ fan THEN heat + 1 ELSE heat
  /\ UNCHANGED <<bill, box, plug, pilot, leaves, latch, contactor, current, limit, fan,
                 card, granted, running>>

FanOn ==
  /\ heat > 0
  /\ ~ fan
  /\ fan' = TRUE
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, current, limit, heat>>

FanOff ==
  /\ heat = 0
  /\ fan
  /\ fan' = FALSE
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, current, limit, heat>>

Cool ==
  /\ heat > 0
  /\ fan \/ ~ contactor
  /\ heat' = heat - 1
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, current, limit, fan>>

\* A hot cable carries less.
Throttle ==
  /\ heat = Hot
  /\ limit > 1
  /\ limit' = limit - 1
  /\ current' = IF current > limit - 1 THEN limit - 1 ELSE current
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, heat, fan>>

Recover ==
  /\ heat = 0
  /\ limit < 2
  /\ limit' = 2
  /\ UNCHANGED <<car, session, bill, box, latch, contactor, current, heat, fan>>

Enough ==
  /\ battery = Full \/ leaves
  /\ pilot = "C"
  /\ pilot' = "B"
  /\ contactor' = FALSE
  /\ current' = 0
  /\ UNCHANGED <<session, bill, box, plug, battery, leaves, latch, limit, heat, fan>>

Stop ==
  /\ running
  /\ pilot = "B"
  /\ ~ contactor
  /\ running' = FALSE
  /\ granted' = FALSE
  /\ card' = "none"
  /\ meter' = "off"
  /\ display' = "bye"
  /\ lamp' = "off"
  /\ UNCHANGED <<car, power, bill, energy, online, fault, door>>

Unlatch ==
  /\ latch
  /\ ~ running
  /\ ~ contactor
  /\ latch' = FALSE
  /\ UNCHANGED <<car, session, bill, box, contactor, current, limit, heat, fan>>

\* The line of the bill is closed; one without energy is not sent.
Book ==
  /\ open = 1
  /\ ~ running
  /\ open' = 0
  /\ unsent' = IF energy > 0 THEN unsent + 1 ELSE unsent
  /\ energy' = 0
  /\ UNCHANGED <<car, power, box, card, granted, running, sent, tariff>>

SendBill ==
  /\ unsent > 0
  /\ online
  /\ unsent' = unsent - 1
  /\ sent' = (sent + 1) % 2
  /\ UNCHANGED <<car, power, session, box, open, tariff>>

Night ==
  /\ tariff = "day"
  /\ open = 0
  /\ tariff' = "night"
  /\ UNCHANGED <<car, power, session, box, open, unsent, sent>>

Day ==
  /\ tariff = "night"
  /\ open = 0
  /\ tariff' = "day"
  /\ UNCHANGED <<car, power, session, box, open, unsent, sent>>

Disconnect ==
  /\ online
  /\ online' = FALSE
  /\ UNCHANGED <<car, power, session, bill, display, lamp, fault, door, meter>>

Connect ==
  /\ ~ online
  /\ online' = TRUE
  /\ UNCHANGED <<car, power, session, bill, display, lamp, fault, door, meter>>

\* Somebody services the box.
OpenDoor ==
  /\ door = "shut"
  /\ ~ contactor
  /\ ~ running
  /\ door' = "open"
  /\ fault' = "door"
  /\ UNCHANGED <<car, power, session, bill, display, lamp, online, meter>>

ShutDoor ==
  /\ door = "open"
  /\ door' = "shut"
  /\ fault' = "none"
  /\ UNCHANGED <<car, power, session, bill, display, lamp, online, meter>>

\* The driver is back.
WantToLeave ==
  /\ plug = "in"
  /\ running
  /\ leaves' = TRUE
  /\ UNCHANGED <<power, session, bill, box, plug, pilot, battery>>

DriveAway ==
  /\ plug = "out"
  /\ battery > 0
  /\ battery' = 0
  /\ UNCHANGED <<power, session, bill, box, plug, pilot, leaves>>

Next ==
  \/ PlugIn \/ PlugOut \/ ShowCard \/ ReadCard \/ RefuseCard
  \/ Latch \/ Start \/ AskForPower \/ Close \/ MoreCurrent
  \/ LessCurrent \/ Charge \/ FanOn \/ FanOff \/ Cool
  \/ Throttle \/ Recover \/ Enough \/ Stop \/ Unlatch
  \/ Book \/ SendBill \/ Night \/ Day \/ Disconnect
  \/ Connect \/ OpenDoor \/ ShutDoor \/ WantToLeave \/ DriveAway

Spec == Init /\ [][Next]_vars

\* Power is on only in a plug that is held, with the door shut.
PowerIsSafe == contactor => plug = "in" /\ latch /\ door = "shut" /\ fault = "none"

\* Energy is delivered only on an open line of the bill.
EnergyIsBilled == (energy > 0 => open = 1) /\ (running => open = 1)

\* Current flows only through a closed contactor, and not more than allowed.
CurrentInBounds == (current > 0 <=> contactor) /\ current <= limit

===============================================================================
