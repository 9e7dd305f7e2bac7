import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import tla2sany.semantic.OpDefNode;
import tlc2.TLC;
import tlc2.output.EC;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.Context;
import tlc2.value.impl.Applicable;
import tlc2.value.impl.Enumerable;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.OpValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import util.InternTable;
import util.SimpleFilenameToStream;
import util.ToolIO;
import util.UniqueString;

/** A request to one TLC, and its answer. */
public final class Request {
  public static void answer(String line, PrintStream answers) throws Exception {
    final String[] words = line.split(" ");
    ToolIO.setUserDir(words[1]);
    if (words[0].equals("check")) {
      check(words[1], answers);
    } else {
      new Expressions(words[1], Integer.parseInt(words[2]), answers).answer();
    }
  }

  private static final Map<Field, Object> remembered = new HashMap<>();

  /** Takes note of the names that TLC has numbered so far. */
  public static void remember() throws IllegalAccessException {
    for (Field field : InternTable.class.getDeclaredFields()) {
      field.setAccessible(true);
      remembered.put(field, copied(field.get(UniqueString.internTbl)));
    }
  }

  /** Forgets the names that were numbered later. No number is given a second time: some are kept elsewhere. */
  public static void restore() throws IllegalAccessException {
    for (Map.Entry<Field, Object> entry : remembered.entrySet()) {
      if (!entry.getKey().getName().equals("tokenCnt")) entry.getKey().set(UniqueString.internTbl, copied(entry.getValue()));
    }
  }

  private static Object copied(Object value) {
    return value instanceof UniqueString[] ? ((UniqueString[]) value).clone() : value;
  }

  /** Checks the module; what TLC prints is in {@code tlc.out} beside it. */
  private static void check(String folder, PrintStream answers) throws Exception {
    final PrintStream output = new PrintStream(new FileOutputStream(folder + "/tlc.out"));
    ToolIO.out = output;
    ToolIO.err = output;
    final TLC tlc = new TLC();
    final String[] arguments = {"-workers", "1", "-metadir", folder + "/states", folder + "/M.tla"};
    int code = 1;
    if (tlc.handleParameters(arguments)) {
      tlc.setResolver(new SimpleFilenameToStream(folder));
      code = EC.ExitStatus.errorConstantToExitStatus(tlc.process());
    }
    output.close();
    answers.println("exit " + code);
  }

  /** The definitions E0(_), E1(_), … of a module: without the parameter, TLC would evaluate them while it reads. */
  private static final class Expressions {
    private static final int LONGEST_MILLISECONDS = 4000;
    private static final int LONGEST_TEXT = 10000;

    private final int count;
    private final PrintStream answers;
    private final FastTool tool;
    private final OpDefNode[] definitions;
    private volatile int next = 0;
    private volatile long since;

    /** Throws what SANY says of a module that it refuses. */
    Expressions(String folder, int count, PrintStream answers) {
      this.count = count;
      this.answers = answers;
      final ByteArrayOutputStream output = new ByteArrayOutputStream();
      ToolIO.out = new PrintStream(output);
      try {
        tool = new FastTool(folder, "M", "M", new SimpleFilenameToStream(folder));
      } catch (RuntimeException failure) {
        throw new IllegalArgumentException(output + " " + failure.getMessage());
      }
      definitions = new OpDefNode[count];
      for (OpDefNode definition : tool.getSpecProcessor().getRootModule().getOpDefs()) {
        final String name = definition.getName().toString();
        if (name.matches("E[0-9]+")) definitions[Integer.parseInt(name.substring(1))] = definition;
      }
    }

    /** Evaluates all; one that takes too long loses its thread. */
    @SuppressWarnings("removal")
    void answer() throws InterruptedException {
      while (next < count) {
        since = System.currentTimeMillis();
        final Thread evaluator = new Thread(null, this::evaluate, "evaluator", 16 << 20);
        evaluator.start();
        while (evaluator.isAlive()) {
          evaluator.join(100);
          if (evaluator.isAlive() && System.currentTimeMillis() - since > LONGEST_MILLISECONDS) {
            evaluator.stop();
            evaluator.join();
          }
        }
      }
    }

    private void evaluate() {
      while (next < count) {
        final int number = next;
        since = System.currentTimeMillis();
        try {
          answers.println(result(number));
        } catch (ThreadDeath late) {
          next = number + 1;
          return;
        }
        next = number + 1;
      }
    }

    private String result(int number) {
      final Value value;
      try {
        value = (Value) tool.eval(definitions[number].getBody(), Context.Empty, TLCState.Empty);
      } catch (ThreadDeath late) {
        throw late;
      } catch (Throwable failure) {
        return "error " + number + " " + oneLine(failure);
      }
      try {
        final String text = text(value);
        return text.length() > LONGEST_TEXT ? "late " + number : "value " + number + " " + text;
      } catch (ThreadDeath late) {
        throw late;
      } catch (Throwable failure) {
        return "unspelled " + number + " " + oneLine(failure);
      }
    }

    private static String oneLine(Throwable failure) {
      return (failure.getClass().getSimpleName() + ": " + failure.getMessage()).replaceAll("\\s+", " ");
    }

    /** The value spelled out, each set and function in TLC's order. */
    private static String text(Value value) {
      if (value instanceof Applicable && !(value instanceof OpValue)) {
        final TupleValue tuple = (TupleValue) value.toTuple();
        return tuple == null ? function((FcnRcdValue) value.toFcnRcd()) : "<<" + list(tuple.elems) + ">>";
      }
      if (value instanceof Enumerable) {
        final SetEnumValue set = (SetEnumValue) value.toSetEnum();
        set.normalize();
        return "{" + list(set.elems.toArray()) + "}";
      }
      if (value instanceof tlc2.value.impl.UserValue) throw new RuntimeException(value.toString());
      return value.toString();
    }

    private static String list(Value[] values) {
      final StringBuilder text = new StringBuilder();
      for (Value value : values) text.append(text.length() == 0 ? "" : ", ").append(text(value));
      return text.toString();
    }

    private static String function(FcnRcdValue function) {
      function.normalize();
      final Value[] domain = function.getDomainAsValues();
      boolean isRecord = true;
      for (Value argument : domain) {
        isRecord &=
            argument instanceof StringValue
                && ((StringValue) argument).val.toString().matches("[A-Za-z0-9_]*[A-Za-z][A-Za-z0-9_]*");
      }
      final StringBuilder text = new StringBuilder();
      for (int index = 0; index < domain.length; index++) {
        text.append(index == 0 ? "" : isRecord ? ", " : " @@ ");
        text.append(isRecord ? ((StringValue) domain[index]).val.toString() : text(domain[index]));
        text.append(isRecord ? " |-> " : " :> ").append(text(function.values[index]));
      }
      return isRecord ? "[" + text + "]" : "(" + text + ")";
    }
  }
}
