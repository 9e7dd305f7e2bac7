%% Records what one process of a running Erlang node receives, handles and sends, and how its tables change, as lines of JSON that
%% `synscope validate` reads. It needs nothing but OTP 25 or later. Models/syn/real/README.md says how to use it.
-module(recorder).
-export([start/3, stop/0]).

%% Begins to record a process, by its pid or its registered name, into a file. The options, all optional:
%%   module    the callback module whose handle_call, handle_cast and handle_info are recorded (its state before and after)
%%   node      the node's name in the lines; without it the part of node() before the `@`
%%   fields    fun(Message) -> #{name => value}: more fields for the lines about a message
%%   state     fun(State) -> term: what the lines tell of the process's state; without it the whole state
-spec start(pid() | atom(), file:filename(), map()) -> ok.
start(Process, File, Options) ->
    Pid = case is_pid(Process) of true -> Process; false -> whereis(Process) end,
    Starter = self(),
    Recorder = spawn(fun() -> init(Starter, Pid, File, Options) end),
    register(?MODULE, Recorder),
    Monitor = monitor(process, Recorder),
    receive
        {Recorder, ready} -> demonitor(Monitor, [flush]), ok;
        {'DOWN', Monitor, _, _, Reason} -> error(Reason)
    end.

%% Ends the recording when every event so far is written.
-spec stop() -> ok.
stop() ->
    Monitor = monitor(process, ?MODULE),
    ?MODULE ! stop,
    receive
        {'DOWN', Monitor, _, _, normal} -> ok;
        {'DOWN', Monitor, _, _, Reason} -> error(Reason)
    end.

init(Starter, Pid, File, Options) ->
    {ok, Out} = file:open(File, [write, raw, {delayed_write, 65536, 500}]),
    Flags = ['receive', send, call, strict_monotonic_timestamp, {tracer, self()}],
    Module = maps:get(module, Options, none),
    Callbacks = [{Module, handle_call, 3}, {Module, handle_cast, 2}, {Module, handle_info, 2}],
    [erlang:trace_pattern(MFA, [{'_', [], [{return_trace}]}], [local]) || Module =/= none, MFA <- Callbacks],
    [erlang:trace_pattern({ets, F, A}, true, [global]) || {F, A} <- table_calls()],
    1 = erlang:trace(Pid, true, Flags),
    Starter ! {self(), ready},
    Node = maps:get(node, Options, hd(string:split(atom_to_list(node()), "@"))),
    loop(#{out => Out, pid => Pid, node => Node, options => Options, seq => 0, time => 0}).

table_calls() ->
    [{insert, 2}, {insert_new, 2}, {delete, 1}, {delete, 2}, {delete_object, 2}, {delete_all_objects, 1},
     {update_element, 3}, {update_counter, 3}].

loop(#{out := Out, pid := Pid} = Recording) ->
    receive
        stop ->
            catch erlang:trace(Pid, false, [all]),
            Delivered = erlang:trace_delivered(Pid),
            Last = drain(Recording, Pid, Delivered),
            write(Last, #{event => 'end'}, last),
            ok = file:close(Out);
        Trace when element(1, Trace) =:= trace_ts ->
            loop(record(Trace, Recording))
    end.

drain(Recording, Pid, Delivered) ->
    receive
        Trace when element(1, Trace) =:= trace_ts -> drain(record(Trace, Recording), Pid, Delivered);
        {trace_delivered, Pid, Delivered} -> Recording
    end.

%% An event of the process, as a line.
record(Trace, Recording) ->
    Time = element(tuple_size(Trace), Trace),
    case event(Trace, Recording) of
        none -> Recording;
        Event -> write(Recording, Event, Time)
    end.

event({trace_ts, _, 'receive', Message, _}, Recording) ->
    about(recv, plain(Message), #{}, Recording);
event({trace_ts, _, send, Message, To, _}, Recording) ->
    about(send, plain(Message), #{to => To}, Recording);
event({trace_ts, _, call, {ets, Function, [Table | Rest]}, _}, _) ->
    #{event => table, kind => Function, table => Table, values => Rest};
event({trace_ts, _, call, {_, handle_call, [Message, {From, _}, State]}, _}, Recording) ->
    about(handle, Message, #{from => From, state => state(State, Recording)}, Recording);
event({trace_ts, _, call, {_, _, [Message, State]}, _}, Recording) ->
    about(handle, Message, #{state => state(State, Recording)}, Recording);
event({trace_ts, _, return_from, {_, _, _}, Result, _}, Recording) ->
    maps:merge(#{event => done}, result(Result, Recording));
event(_, _) ->
    none.

%% A message without what OTP wraps around it.
plain({'$gen_call', _, Message}) -> Message;
plain({'$gen_cast', Message}) -> Message;
plain(Message) -> Message.

about(Event, Message, More, #{options := Options}) ->
    Fields = case Options of
        #{fields := F} -> try F(Message) catch error:function_clause -> #{} end;
        _ -> #{}
    end,
    maps:merge(maps:merge(#{event => Event, kind => kind(Message), message => Message}, More), Fields).

kind(Message) when is_tuple(Message), tuple_size(Message) > 0, is_atom(element(1, Message)) -> element(1, Message);
kind(Message) when is_atom(Message) -> Message;
kind(_) -> other.

%% What a callback returned: its reply and the new state.
result({reply, Reply, State}, R) -> #{reply => Reply, state => state(State, R)};
result({reply, Reply, State, _}, R) -> #{reply => Reply, state => state(State, R)};
result({noreply, State}, R) -> #{state => state(State, R)};
result({noreply, State, _}, R) -> #{state => state(State, R)};
result({stop, _, Reply, State}, R) -> #{reply => Reply, state => state(State, R), stops => true};
result({stop, _, State}, R) -> #{state => state(State, R), stops => true};
result(_, _) -> #{}.

state(State, #{options := #{state := F}}) -> F(State);
state(State, _) -> State.

%% Writes a line. Its time is later than that of every line before it.
write(#{out := Out, node := Node, seq := Seq, time := Before} = Recording, Event, Stamp) ->
    Time = case Stamp of
        {Monotonic, _} -> max(Before + 1, Monotonic + erlang:time_offset(nanosecond));
        last -> Before + 1
    end,
    Members = [{ts, Time}, {node, to_text(Node)}, {seq, Seq}, {event, maps:get(event, Event)}
               | lists:sort(maps:to_list(maps:remove(event, Event)))],
    ok = file:write(Out, [object(Members), $\n]),
    Recording#{seq := Seq + 1, time := Time}.

%% JSON: tuples and lists are arrays; atoms, pids and whatever else has no form there are strings.
json(true) -> <<"true">>;
json(false) -> <<"false">>;
json(Value) when is_integer(Value) -> integer_to_binary(Value);
json(Value) when is_float(Value) -> float_to_binary(Value, [short]);
json(Value) when is_map(Value) -> object(lists:sort(maps:to_list(Value)));
json(Value) when is_tuple(Value) -> array(tuple_to_list(Value));
json([]) -> <<"[]">>;
json(Value) when is_list(Value) ->
    case io_lib:printable_unicode_list(Value) of
        true -> string(Value);
        false when length(Value) >= 0 -> array(Value);
        false -> string(io_lib:format("~0p", [Value]))
    end;
json(Value) -> string(to_text(Value)).

array(Values) -> [$[, lists:join($,, [json(Value) || Value <- Values]), $]].
object(Members) -> [${, lists:join($,, [[string(to_text(Name)), $:, json(Value)] || {Name, Value} <- Members]), $}].

to_text(Value) when is_atom(Value) -> atom_to_list(Value);
to_text(Value) when is_binary(Value) ->
    case unicode:characters_to_list(Value) of
        Text when is_list(Text) -> Text;
        _ -> io_lib:format("~w", [Value])
    end;
to_text(Value) when is_list(Value) -> Value;
to_text(Value) -> io_lib:format("~0p", [Value]).

string(Text) -> [$", [escaped(Character) || Character <- lists:flatten(Text)], $"].

escaped($") -> "\\\"";
escaped($\\) -> "\\\\";
escaped(Character) when Character < 32 -> io_lib:format("\\u~4.16.0b", [Character]);
escaped(Character) -> unicode:characters_to_binary([Character]).
