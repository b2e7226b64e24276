// Variables that constraints keep equal, scaled or edited; a change walks along a plan that is made from strengths.
const REQUIRED = 0, STRONG = 1, NORMAL = 2, WEAK = 3, WEAKEST = 4;

class Variable {
    constructor(name, value) {
        this.name = name;
        this.value = value;
        this.constraints = [];
        this.determinedBy = null;
        this.mark = 0;
        this.strength = WEAKEST;
        this.stays = true;
    }
}

class Constraint {
    constructor(strength) {
        this.strength = strength;
    }
    get isSatisfied() {
        return this.output !== null;
    }
    addTo(planner) {
        for (const variable of this.variables()) variable.constraints.push(this);
        this.output = null;
        planner.add(this);
    }
    destroy(planner) {
        if (this.isSatisfied) planner.remove(this);
        for (const variable of this.variables()) variable.constraints = variable.constraints.filter((other) => other !== this);
    }
    satisfy(mark, planner) {
        this.chooseMethod(mark);
        if (!this.isSatisfied) {
            if (this.strength === REQUIRED) throw new Error("a required constraint cannot be satisfied");
            return null;
        }
        for (const input of this.inputs()) input.mark = mark;
        const output = this.output;
        const overridden = output.determinedBy;
        if (overridden !== null) overridden.output = null;
        output.determinedBy = this;
        if (!planner.propagate(this, mark)) throw new Error("a cycle");
        output.mark = mark;
        return overridden;
    }
    inputsKnown(mark) {
        return this.inputs().every((variable) => variable.mark === mark || variable.stays || variable.determinedBy === null);
    }
    recalculate() {
        const output = this.output;
        output.strength = this.inputs().reduce((weakest, input) => Math.max(weakest, input.strength), this.strength);
        output.stays = this.isStay() && this.inputs().every((input) => input.stays);
        if (output.stays) this.execute();
    }
    isStay() {
        return true;
    }
}

class Unary extends Constraint {
    constructor(variable, strength, planner) {
        super(strength);
        this.variable = variable;
        this.output = null;
        this.addTo(planner);
    }
    variables() {
        return [this.variable];
    }
    inputs() {
        return [];
    }
    chooseMethod(mark) {
        const isFree = this.variable.mark !== mark && this.strength < this.variable.strength;
        this.output = isFree ? this.variable : null;
    }
    execute() {}
}

class Stay extends Unary {}

class Edit extends Unary {
    isStay() {
        return false;
    }
}

class Binary extends Constraint {
    constructor(left, right, strength, planner) {
        super(strength);
        this.left = left;
        this.right = right;
        this.output = null;
        this.addTo(planner);
    }
    variables() {
        return [this.left, this.right];
    }
    inputs() {
        return [this.output === this.left ? this.right : this.left];
    }
    chooseMethod(mark) {
        const { left, right, strength } = this;
        this.output = null;
        if (left.mark === mark) {
            if (right.mark !== mark && strength < right.strength) this.output = right;
        } else if (right.mark === mark) {
            if (strength < left.strength) this.output = left;
        } else if (left.strength > right.strength) {
            if (strength < left.strength) this.output = left;
        } else if (strength < right.strength) {
            this.output = right;
        }
    }
}

class Equality extends Binary {
    execute() {
        this.output.value = this.inputs()[0].value;
    }
}

class Scale extends Binary {
    constructor(left, scale, offset, right, strength, planner) {
        super(left, right, strength, planner);
        this.scale = scale;
        this.offset = offset;
    }
    variables() {
        return this.scale === undefined ? [this.left, this.right] : [this.left, this.right, this.scale, this.offset];
    }
    execute() {
        const scale = this.scale === undefined ? 1 : this.scale.value;
        const offset = this.offset === undefined ? 0 : this.offset.value;
        if (this.output === this.right) this.right.value = this.left.value * scale + offset;
        else this.left.value = Math.trunc((this.right.value - offset) / scale);
    }
}

class Planner {
    constructor() {
        this.mark = 0;
    }
    add(constraint) {
        const mark = ++this.mark;
        let overridden = constraint.satisfy(mark, this);
        while (overridden !== null) overridden = overridden.satisfy(mark, this);
    }
    remove(constraint) {
        const output = constraint.output;
        output.determinedBy = null;
        output.strength = WEAKEST;
        output.stays = true;
        constraint.output = null;
        const unsatisfied = this.downstream(output);
        for (let strength = REQUIRED; strength <= WEAKEST; strength++) {
            for (const other of unsatisfied) if (other.strength === strength) this.add(other);
        }
    }
    downstream(output) {
        const unsatisfied = [];
        const todo = [output];
        while (todo.length > 0) {
            const variable = todo.pop();
            for (const constraint of variable.constraints) {
                if (!constraint.isSatisfied) unsatisfied.push(constraint);
                else if (constraint !== variable.determinedBy && constraint.output !== variable) {
                    constraint.recalculate();
                    todo.push(constraint.output);
                }
            }
        }
        return unsatisfied;
    }
    propagate(constraint, mark) {
        const todo = [constraint];
        while (todo.length > 0) {
            const next = todo.pop();
            if (next.output.mark === mark) return false;
            next.recalculate();
            for (const other of next.output.constraints) {
                if (other !== next.output.determinedBy && other.isSatisfied) todo.push(other);
            }
        }
        return true;
    }
    planFrom(edits) {
        const mark = ++this.mark;
        const plan = [];
        const todo = edits.filter((edit) => edit.isSatisfied);
        while (todo.length > 0) {
            const constraint = todo.pop();
            if (constraint.output.mark !== mark && constraint.inputsKnown(mark)) {
                plan.push(constraint);
                constraint.output.mark = mark;
                for (const other of constraint.output.constraints) {
                    if (other !== constraint && other.isSatisfied) todo.push(other);
                }
            }
        }
        return plan;
    }
}

function change(planner, variable, value, times) {
    const edit = new Edit(variable, STRONG, planner);
    const plan = planner.planFrom([edit]);
    for (let i = 0; i < times; i++) {
        variable.value = value + i;
        for (const constraint of plan) constraint.execute();
    }
    edit.destroy(planner);
}

function chain(length) {
    const planner = new Planner();
    const variables = Array.from({ length }, (_, i) => new Variable("v" + i, 0));
    for (let i = 1; i < length; i++) new Equality(variables[i - 1], variables[i], REQUIRED, planner);
    new Stay(variables[length - 1], WEAK, planner);
    change(planner, variables[0], 100, 100);
    return variables[length - 1].value;
}

function projection(count) {
    const planner = new Planner();
    const scale = new Variable("scale", 10);
    const offset = new Variable("offset", 1000);
    const pairs = [];
    for (let i = 0; i < count; i++) {
        const source = new Variable("source" + i, i);
        const target = new Variable("target" + i, i);
        new Stay(source, NORMAL, planner);
        new Scale(source, scale, offset, target, REQUIRED, planner);
        pairs.push({ source, target });
    }
    let total = 0;
    for (const { source, target } of pairs) {
        change(planner, source, 17, 3);
        total += target.value;
    }
    return total;
}

function run() {
    let total = 0;
    for (let round = 0; round < 3; round++) total += chain(200) + projection(150);
    return total;
}
