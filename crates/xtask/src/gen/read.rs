//! JSON Schemas to types. It knows the schemas that schemars makes, and says so when it meets another.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::model::{Body, Field, Member, Shape, Type};
use super::roots::Direction;
use super::schemas::RootSchema;

type Object = Map<String, Value>;

/// Reads schema after schema, and keeps the types of all.
#[derive(Default)]
pub struct Reader {
    types: BTreeMap<(Direction, String), Type>,
}

impl Reader {
    /// Reads the schema of a root and the definitions under it.
    pub fn root(&mut self, root: &RootSchema) -> Result<(), String> {
        let read = |reader: &mut Self| {
            let schema = root.schema.as_object().ok_or("a root is an object")?;
            let name = schema.get("title").and_then(Value::as_str).ok_or("a root has a title")?;
            reader.named(name, schema, root.direction, true)?;
            for (name, definition) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
                if let Some(other) = numbered(name, &root.schema) {
                    return Err(format!(
                        "two types are named `{other}`: give one of them another `#[schemars(rename = …)]`"
                    ));
                }
                let anything = Object::new();
                let definition = match definition {
                    Value::Bool(true) => &anything,
                    definition => definition.as_object().ok_or_else(|| format!("`{name}` is no object"))?,
                };
                reader.named(name, definition, root.direction, false)?;
            }
            Ok(())
        };
        read(self).map_err(|error: String| format!("{}: {error}", root.name))
    }

    /// All types, by name. A record that goes both ways has two types: what may be left out when asking is there in answers.
    pub fn finish(self) -> Vec<Type> {
        let both = |name: &str| {
            let of = |direction| self.types.get(&(direction, name.to_owned()));
            match (of(Direction::Request), of(Direction::Answer)) {
                (Some(request), Some(answer)) => match &request.body {
                    Body::Record(_) => true,
                    Body::Alias(shape) if shape.has_names() => true,
                    body => *body != answer.body,
                },
                _ => false,
            }
        };
        let as_input = |name: &str| both(name).then(|| format!("{name}Input"));
        let mut types: BTreeMap<String, Type> = BTreeMap::new();
        for ((direction, name), original) in &self.types {
            let mut renamed = original.clone();
            if *direction == Direction::Request {
                renamed.rename(&as_input);
                renamed.name = as_input(name).unwrap_or_else(|| name.clone());
            }
            types.insert(renamed.name.clone(), renamed);
        }
        types.into_values().collect()
    }

    fn named(&mut self, name: &str, schema: &Object, direction: Direction, is_root: bool) -> Result<(), String> {
        let body = self.body(name, schema, direction).map_err(|error| format!("`{name}`: {error}"))?;
        let about = about(schema);
        let read = Type { name: name.to_owned(), about, direction, is_root, body };
        match self.types.insert((direction, name.to_owned()), read.clone()) {
            Some(other) if other.body != read.body => {
                Err(format!("two types are named `{name}`: give one of them another `#[schemars(rename = …)]`"))
            }
            _ => Ok(()),
        }
    }

    fn body(&mut self, name: &str, schema: &Object, direction: Direction) -> Result<Body, String> {
        if let Some(members) = members(schema) {
            return Ok(Body::Choice(members));
        }
        if schema.contains_key("properties") && alternatives(schema).is_none() {
            return Ok(Body::Record(self.fields(name, schema, direction)?));
        }
        Ok(Body::Alias(self.shape(name, schema, direction)?))
    }

    /// The fields in the order of the answer where the schema tells it: `required` keeps it, `properties` does not.
    fn fields(&mut self, name: &str, schema: &Object, direction: Direction) -> Result<Vec<Field>, String> {
        let properties = schema.get("properties").and_then(Value::as_object).ok_or("no properties")?;
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let place = |field: &str| required.iter().position(|name| *name == field).unwrap_or(required.len());
        let mut fields = Vec::new();
        for (field, property) in properties {
            let lifted = format!("{name}{}", pascal(field));
            fields.push(Field {
                name: field.clone(),
                about: property.as_object().map(about).unwrap_or_default(),
                required: required.contains(&field.as_str()),
                shape: self.value(&lifted, property, direction).map_err(|error| format!("`{field}`: {error}"))?,
            });
        }
        fields.sort_by_key(|field| place(&field.name));
        Ok(fields)
    }

    fn value(&mut self, name: &str, schema: &Value, direction: Direction) -> Result<Shape, String> {
        match schema {
            Value::Bool(true) => Ok(Shape::Anything),
            Value::Object(schema) => self.shape(name, schema, direction),
            _ => Err(format!("no type for the schema {schema}")),
        }
    }

    /// The shape of a schema; an object without a name of its own is named `name`.
    fn shape(&mut self, name: &str, schema: &Object, direction: Direction) -> Result<Shape, String> {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return Ok(Shape::Named(reference.rsplit('/').next().unwrap_or(reference).to_owned()));
        }
        if let Some(members) = members(schema) {
            return Ok(Shape::union(members.into_iter().map(|member| Shape::Literal(member.value))));
        }
        if let Some(alternatives) = alternatives(schema) {
            let mut shapes = Vec::new();
            for (place, alternative) in alternatives.iter().enumerate() {
                let alternative = with_common_fields(alternative, schema);
                let lifted = format!("{name}{}", variant(&alternative).unwrap_or_else(|| (place + 1).to_string()));
                shapes.push(self.value(&lifted, &alternative, direction)?);
            }
            return Ok(Shape::union(shapes));
        }
        match schema.get("type") {
            None => Ok(Shape::Anything),
            Some(Value::String(of)) => self.typed(of, name, schema, direction),
            Some(Value::Array(types)) => {
                let mut shapes = Vec::new();
                for of in types.iter().filter_map(Value::as_str) {
                    shapes.push(self.typed(of, name, schema, direction)?);
                }
                Ok(Shape::union(shapes))
            }
            Some(other) => Err(format!("no type for the schema type {other}")),
        }
    }

    fn typed(&mut self, of: &str, name: &str, schema: &Object, direction: Direction) -> Result<Shape, String> {
        match of {
            "string" => Ok(Shape::Text),
            "integer" => Ok(Shape::Integer),
            "number" => Ok(Shape::Number),
            "boolean" => Ok(Shape::Boolean),
            "null" => Ok(Shape::Null),
            "array" => self.array(name, schema, direction),
            "object" if schema.contains_key("properties") => {
                self.named(name, schema, direction, false)?;
                Ok(Shape::Named(name.to_owned()))
            }
            "object" => {
                let value = match schema.get("additionalProperties") {
                    Some(schema) => self.value(&format!("{name}Value"), schema, direction)?,
                    None => Shape::Anything,
                };
                Ok(Shape::Map(Box::new(value)))
            }
            _ => Err(format!("no type for the schema type `{of}`")),
        }
    }

    fn array(&mut self, name: &str, schema: &Object, direction: Direction) -> Result<Shape, String> {
        let item = format!("{name}Item");
        if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
            let shapes: Result<Vec<Shape>, String> =
                items.iter().map(|schema| self.value(&item, schema, direction)).collect();
            return Ok(Shape::Tuple(shapes?));
        }
        let inner = match schema.get("items") {
            Some(schema) => self.value(&item, schema, direction)?,
            None => Shape::Anything,
        };
        let count = |key| schema.get(key).and_then(Value::as_u64);
        match (count("minItems"), count("maxItems")) {
            (Some(least), Some(most)) if least == most && most <= 4 => {
                Ok(Shape::Tuple((0..most).map(|_| inner.clone()).collect()))
            }
            _ => Ok(Shape::List(Box::new(inner))),
        }
    }
}

/// Of a second type of one name, to which schemars gives a number, that name.
fn numbered<'a>(name: &'a str, schema: &Value) -> Option<&'a str> {
    let other = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let definitions = schema.get("$defs")?.as_object()?;
    (other != name && definitions.contains_key(other)).then_some(other)
}

fn about(schema: &Object) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn alternatives(schema: &Object) -> Option<&Vec<Value>> {
    schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array)
}

/// The texts of a closed choice; none where the schema allows anything else too.
fn members(schema: &Object) -> Option<Vec<Member>> {
    if let Some(value) = schema.get("const") {
        return Some(vec![Member { value: value.as_str()?.to_owned(), about: about(schema) }]);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let member = |value: &Value| Some(Member { value: value.as_str()?.to_owned(), about: String::new() });
        return values.iter().map(member).collect();
    }
    let lists: Option<Vec<Vec<Member>>> =
        alternatives(schema)?.iter().map(|alternative| members(alternative.as_object()?)).collect();
    Some(lists?.into_iter().flatten().collect())
}

/// An alternative of a record that also has fields of its own: those belong to each alternative.
fn with_common_fields(alternative: &Value, schema: &Object) -> Value {
    let mut alternative = alternative.clone();
    let (Some(common), Some(own)) = (schema.get("properties").and_then(Value::as_object), alternative.as_object_mut())
    else {
        return alternative;
    };
    if let Some(properties) = own.entry("properties").or_insert_with(|| Value::Object(Map::new())).as_object_mut() {
        for (name, property) in common {
            properties.entry(name).or_insert_with(|| property.clone());
        }
    }
    if let Some(required) = schema.get("required").and_then(Value::as_array) {
        let own = own.entry("required").or_insert_with(|| Value::Array(Vec::new()));
        if let Some(own) = own.as_array_mut() {
            own.splice(0..0, required.iter().cloned());
        }
    }
    alternative
}

/// The name of an alternative: the text of its field that is always the same, or the name of its only field.
fn variant(schema: &Value) -> Option<String> {
    let properties = schema.get("properties")?.as_object()?;
    let tag = properties.values().find_map(|property| property.get("const").and_then(Value::as_str));
    let only = || properties.keys().next().filter(|_| properties.len() == 1).map(String::as_str);
    tag.or_else(only).map(pascal)
}

fn pascal(text: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    text.split(|letter: char| !letter.is_alphanumeric()).map(word).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn types(direction: Direction, schema: Value) -> Vec<Type> {
        let mut reader = Reader::default();
        reader.root(&RootSchema { name: "test", direction, schema }).unwrap();
        reader.finish()
    }

    #[test]
    fn a_tagged_union_is_a_record_for_each_alternative() {
        let types = types(
            Direction::Answer,
            json!({
                "title": "Action",
                "properties": {"force": {"type": "boolean"}},
                "required": ["force"],
                "oneOf": [
                    {"type": "object", "properties": {"kind": {"const": "delete-key"}, "key": {"type": "string"}}, "required": ["kind", "key"]},
                    {"type": "object", "properties": {"kind": {"const": "rotate-key"}}, "required": ["kind"]},
                ],
            }),
        );
        let names: Vec<&str> = types.iter().map(|of| of.name.as_str()).collect();
        assert_eq!(names, ["Action", "ActionDeleteKey", "ActionRotateKey"]);
        let Body::Record(fields) = &types[1].body else { panic!("no record") };
        let fields: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(fields, ["force", "kind", "key"]);
    }

    #[test]
    fn a_record_that_goes_both_ways_has_two_types() {
        let part = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let root = |title: &str| {
            json!({
                "title": title,
                "type": "object",
                "properties": {"part": {"$ref": "#/$defs/Part"}},
                "$defs": {"Part": part},
            })
        };
        let mut reader = Reader::default();
        for (direction, title) in [(Direction::Request, "Ask"), (Direction::Answer, "Told")] {
            reader.root(&RootSchema { name: "test", direction, schema: root(title) }).unwrap();
        }
        let types = reader.finish();
        let names: Vec<&str> = types.iter().map(|of| of.name.as_str()).collect();
        assert_eq!(names, ["Ask", "Part", "PartInput", "Told"]);
        let Body::Record(fields) = &types[0].body else { panic!("no record") };
        assert_eq!(fields[0].shape, Shape::Named("PartInput".to_owned()));
    }

    #[test]
    fn shapes() {
        let mut reader = Reader::default();
        let mut shape = |schema: Value| reader.value("T", &schema, Direction::Answer);
        assert_eq!(shape(json!(true)), Ok(Shape::Anything));
        assert_eq!(shape(json!({"type": ["null", "string"]})), Ok(Shape::Union(vec![Shape::Text, Shape::Null])));
        let pair = json!({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2});
        assert_eq!(shape(pair), Ok(Shape::Tuple(vec![Shape::Integer, Shape::Integer])));
        let map = json!({"type": "object", "additionalProperties": {"$ref": "#/$defs/Label"}});
        assert_eq!(shape(map), Ok(Shape::Map(Box::new(Shape::Named("Label".to_owned())))));
        assert!(shape(json!({"type": "mystery"})).is_err());
    }
}
