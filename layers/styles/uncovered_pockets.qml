<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{00000000-0000-4000-8000-000000000000}">
      <rule key="{00000001-0000-4000-8000-000000000000}" filter="&quot;education_level&quot; = 'primary' AND &quot;affiliations&quot; = 'all' AND &quot;reach_value&quot; = coalesce(maximum(&quot;reach_value&quot;, filter:=&quot;reach_value&quot; &lt;= 3), minimum(&quot;reach_value&quot;))" symbol="0" label="ประถม · นอกระยะ 3 กม. · ทุกสังกัด"/>
    </rules>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="255,255,255,0"/>
            <Option name="style" type="QString" value="no"/>
            <Option name="outline_color" type="QString" value="23,49,82,255"/>
            <Option name="outline_style" type="QString" value="dash"/>
            <Option name="outline_width" type="QString" value="0.5"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="255,255,255,0"/>
          <prop k="style" v="no"/>
          <prop k="outline_color" v="23,49,82,255"/>
          <prop k="outline_style" v="dash"/>
          <prop k="outline_width" v="0.5"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="&quot;pocket_no&quot; || ' · ' || round(&quot;children&quot;) || ' คน'" isExpression="1" fontFamily="Sarabun" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="42,54,66,255">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,220"/>
      </text-style>
      <rendering scaleVisibility="1" scaleMin="400000" scaleMax="1" obstacle="1"/>
    </settings>
  </labeling>
  <blending>0</blending>
  <layerGeometryType>2</layerGeometryType>
</qgis>
